import { BrokerFailure, type OutgoingRecord } from '../broker.js';
import { causesOf } from '../causes.js';

const tooLarge = 'say less in one event, or raise max.message.bytes of its topic';

/** What the broker will never take, and what a person can do about it. */
const permanentTypes: Readonly<Record<string, string>> = {
  MESSAGE_TOO_LARGE: tooLarge,
  RECORD_LIST_TOO_LARGE: tooLarge,
  INVALID_RECORD: 'give its topic cleanup.policy=delete with `npm run topics -- apply`',
  INVALID_TOPIC_EXCEPTION: 'mend TOPIC_PREFIX: letters, digits, dots, dashes and underscores only',
};

/**
 * kafkajs fails a whole batch for one header that is no text, so the guilty record is named before it is asked.
 * @throws {BrokerFailure}
 */
export function demandText({ key, body, headers }: OutgoingRecord): void {
  const odd = Object.entries({ key, body, ...headers }).find(([, value]) => typeof value !== 'string');
  if (odd !== undefined) throw new BrokerFailure(`${odd[0]} is no text`, true, false, undefined);
}

/** Says what an error of kafkajs means. Its names and its `retriable` lie about a broker that is away, so the causes decide. */
export function brokerFailure(error: unknown): BrokerFailure {
  if (error instanceof BrokerFailure) return error;
  const causes = [...causesOf(error)];
  const types = causes.map(({ type }) => type).filter((type) => typeof type === 'string');
  const advice = types.map((type) => permanentTypes[type]).find((found) => found !== undefined);
  const root = causes.at(-1);
  const parts = [types.at(-1), root?.message ?? String(error), advice];
  const message = parts.filter((part) => part !== undefined).join(': ');
  return new BrokerFailure(message, advice !== undefined, types.length > 0, error);
}
