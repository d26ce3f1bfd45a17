import { BrokerFailure, type OutgoingRecord } from '../broker.js';
import { causesOf } from '../causes.js';

const permanentTypes = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TOPIC_EXCEPTION',
]);

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
  const permanent = types.some((type) => permanentTypes.has(type));
  const root = causes.at(-1);
  const message = [types.at(-1), root?.message ?? String(error)].filter((part) => part !== undefined).join(': ');
  return new BrokerFailure(message, permanent, types.length > 0, error);
}
