import { causesOf } from '../../causes.js';
import { type Connection, newEncoder, sendProduce } from './connection.js';

/** The broker's own word for an error, such as TOPIC_AUTHORIZATION_FAILED. */
export const typeOf = (error: unknown): string | undefined =>
  [...causesOf(error)].map(({ type }) => type).find((type): type is string => typeof type === 'string');

/** Past every record, so that nothing is sent to us; whether we may read is asked before where. */
const nowhere = '9223372036854775807';

export const mayRead = (connection: Connection, topic: string): Promise<boolean> =>
  isAllowed('TOPIC_AUTHORIZATION_FAILED', () =>
    connection.fetch({
      topics: [{ topic, partitions: [{ partition: 0, fetchOffset: nowhere, maxBytes: 1 }] }],
      maxWaitTime: 0,
      minBytes: 0,
      maxBytes: 1,
    }),
  );

/** Sends no record at all. Whoever may write hears that this is invalid, and nothing is written. */
export function mayWrite(connection: Connection, topic: string): Promise<boolean> {
  const noRecords = newEncoder().writeInt32(0).writeInt32(0);
  const ofTopic = newEncoder().writeString(topic).writeArray([noRecords]);
  const body = newEncoder().writeString(null).writeInt16(-1).writeInt32(1_000).writeArray([ofTopic]);
  return isAllowed('TOPIC_AUTHORIZATION_FAILED', () => sendProduce(connection, body));
}

/** A sign of life of a member that does not exist. Whoever may join hears that it is unknown. */
export const mayJoin = (connection: Connection, groupId: string): Promise<boolean> =>
  isAllowed('GROUP_AUTHORIZATION_FAILED', () =>
    connection.heartbeat({ groupId, groupGenerationId: 0, memberId: 'nobody' }),
  );

/** @throws what is no answer of the broker */
async function isAllowed(refusal: string, ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (error) {
    const type = typeOf(error);
    if (type === undefined) throw error;
    return type !== refusal;
  }
}
