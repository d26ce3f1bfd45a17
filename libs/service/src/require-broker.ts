import { type ReaderName, topics } from '@kasir/contracts';
import { type BrokerAddress, BrokerRefusal, type Log, probeBroker } from '@kasir/messaging';
import { ConfigError } from '@kasir/platform';

/**
 * Waits for the broker, and makes sure that it has every topic of the service's contracts and lets the service say, hear
 * and join what they name.
 * @throws ConfigError naming what a person has to change
 */
export async function requireBroker(
  service: ReaderName,
  address: BrokerAddress,
  topicPrefix: string,
  log: Log,
  signal?: AbortSignal,
): Promise<void> {
  const group = topicPrefix + service;
  const says = topics.filter(({ producer }) => producer === service).map(({ name }) => topicPrefix + name);
  const hears = topics.filter(({ readers }) => readers.includes(service)).map(({ name }) => topicPrefix + name);
  try {
    await probeBroker({ address, clientId: group, group, says, hears, log, ...(signal && { signal }) });
  } catch (error) {
    if (error instanceof BrokerRefusal) throw new ConfigError(service, error.message);
    throw error;
  }
}
