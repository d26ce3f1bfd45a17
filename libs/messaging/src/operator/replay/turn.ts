import { type AnyEvent } from '@kasir/contracts';
import { reasonOf } from '../../consumer/applying.js';
import { applyChunk } from '../../consumer/chunk.js';
import { keepInTurn } from '../../consumer/dead-letters.js';
import { faultOf } from '../../consumer/faults.js';
import { type KeptRecord, recordOf } from '../../consumer/records.js';
import { type AnySubscription, type EventContext, isUnhandled } from '../../consumer/subscription.js';
import { type Tx } from '../../database.js';
import { readHeader } from '../../events/headers.js';
import { type Reading } from '../../events/reading.js';

export type Outcome = 'applied' | 'repeated' | 'waiting' | 'dead' | 'passedOver';

/** What the outbox got, and would have sent. */
export interface SaidRow {
  readonly event_id: string;
  readonly topic: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Message {
  readonly record: KeptRecord;
  readonly reading: Reading;
  readonly subscription: AnySubscription;
}

/** Applies one message as a consumer would, in the transaction it is given. @throws what is transient */
export async function applyMessage(tx: Tx, consumer: string, message: Message, at: Date): Promise<Outcome> {
  const { reading, subscription } = message;
  if (isUnhandled(subscription, readHeader(recordOf(message.record).headers, 'type'))) return 'passedOver';
  if (reading.kind === 'unknown-type') return 'passedOver';
  if (reading.kind === 'unreadable') return bury(tx, consumer, message, reading.reason, at);
  await tx.query('savepoint handling');
  try {
    const claimant = { consumer, topic: subscription.topic.name, waits: waits(subscription) };
    const heard = { record: recordOf(message.record), event: reading.event };
    const { applied, waiting } = await applyChunk(claimant, subscription, [heard], contextOf(tx), at);
    await tx.query('release savepoint handling');
    return applied > 0 ? 'applied' : waiting > 0 ? 'waiting' : 'repeated';
  } catch (error) {
    if (faultOf(error) === 'transient') throw error;
    await tx.query('rollback to savepoint handling');
    return bury(tx, consumer, message, reasonOf(error), at);
  }
}

/** Whoever would be woken after the commit does not run. */
export const contextOf = (tx: Tx): EventContext => ({ tx, afterCommit: () => undefined });

async function bury(tx: Tx, consumer: string, message: Message, reason: string, at: Date): Promise<Outcome> {
  const record = recordOf(message.record);
  return keepInTurn(tx, { consumer, record, reason, attempts: 1, at, holds: waits(message.subscription) });
}

const waits = ({ whenPoisoned = 'wait' }: AnySubscription): boolean => whenPoisoned === 'wait';

/** Takes back out of the outbox what was said, in its order. */
export async function takeSaid(tx: Tx): Promise<SaidRow[]> {
  const rows = await tx.query<SaidRow & { position: string }>(
    'delete from outbox returning position, event_id, topic, key, headers, body',
  );
  return rows.sort((left, right) => (BigInt(left.position) < BigInt(right.position) ? -1 : 1));
}

export type ReadBack = Readonly<Record<string, (event: never, context: EventContext) => Promise<void>>>;

/** Applies what the service decided once, as its own topic tells. */
export const applyDecision = (tx: Tx, readBack: ReadBack, event: AnyEvent): Promise<void> =>
  readBack[event.type]!(event as never, contextOf(tx));
