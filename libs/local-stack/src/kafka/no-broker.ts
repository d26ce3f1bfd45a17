/** There is no Kafka and no way to make one here; the message names the ways. */
export class NoBroker extends Error {
  /** @param missing what this machine lacks */
  constructor(readonly missing: string) {
    super(`There is no Kafka to work with: ${missing}.\n${ways}`);
    this.name = 'NoBroker';
  }
}

const ways = `Choose one way:
  1. Name a Kafka that runs already:   KAFKA_BROKERS=127.0.0.1:9092
  2. Let us start one: install Java 17 or newer and Maven (Debian, Ubuntu: apt install default-jdk-headless maven; macOS: brew install openjdk maven).
     Maven fetches Kafka's jars once; a proxy or a mirror is set in Maven's own settings.xml.
  3. Let Docker start one: install Docker, and let this user speak to its engine.`;
