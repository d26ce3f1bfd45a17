import { prepareDatabases } from './databases.mjs';
import { job } from './job.mjs';
import { migrate } from './migrations.mjs';
import { prepareTopics } from './topics.mjs';

const { DATABASE_URL, KAFKA_BROKERS, TOPIC_PREFIX, TOPIC_REPLICATION_FACTOR } = process.env;

await job('prepare', async (say) => {
  const made = await prepareTopics({
    brokers: KAFKA_BROKERS,
    prefix: TOPIC_PREFIX,
    replicationFactor: TOPIC_REPLICATION_FACTOR,
  });
  say(`${made.topics} topics are there, on Apache Kafka ${made.version} at ${KAFKA_BROKERS}`);
  const urls = await prepareDatabases(DATABASE_URL);
  say(`${Object.keys(urls).length} databases are there, on PostgreSQL at ${new URL(urls.gateway).host}`);
  await migrate(urls);
});
