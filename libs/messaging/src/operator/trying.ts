import { type Clock } from '@kasir/kernel';
import { reasonOf } from '../consumer/applying.js';
import { applyChunk } from '../consumer/chunk.js';
import { faultOf } from '../consumer/faults.js';
import { type KeptRecord, recordOf } from '../consumer/records.js';
import { type AnySubscription, type EventContext } from '../consumer/subscription.js';
import { readEvent } from '../events/reading.js';

/**
 * Applies a kept message inside the operator's transaction; a failure takes back only what the message did.
 * @returns why it cannot be applied, undefined when it was
 * @throws what is transient: the whole transaction fails, and nothing has happened
 */
export async function tryAgain(
  { tx, afterCommit }: EventContext,
  { consumer, clock }: { readonly consumer: string; readonly clock: Clock },
  subscription: AnySubscription,
  kept: KeptRecord,
): Promise<string | undefined> {
  const record = recordOf(kept);
  const reading = readEvent(subscription.topic, record);
  if (reading.kind === 'unreadable') return reading.reason;
  if (reading.kind === 'unknown-type') return undefined;
  const callbacks: (() => unknown)[] = [];
  const context: EventContext = { tx, afterCommit: (work) => void callbacks.push(work) };
  await tx.query('savepoint message');
  try {
    // The message's own turn has come, so nothing holds it.
    const claimant = { consumer, topic: record.topic, waits: false };
    await applyChunk(claimant, subscription, [{ record, event: reading.event }], context, clock.now());
  } catch (error) {
    if (faultOf(error) === 'transient') throw error;
    await tx.query('rollback to savepoint message');
    return reasonOf(error);
  }
  await tx.query('release savepoint message');
  for (const callback of callbacks) afterCommit(callback);
  return undefined;
}
