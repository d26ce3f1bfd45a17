import { type AnyEvent } from '@kasir/contracts';
import { type IncomingRecord } from '../broker.js';
import { type Claimant, claim } from './inbox.js';
import { type AnySubscription, type EventContext } from './subscription.js';
import { keepWaiting } from './waiting-messages.js';

export interface Heard {
  readonly record: IncomingRecord;
  readonly event: AnyEvent;
}

export interface ChunkResult {
  readonly applied: number;
  readonly repeated: number;
  readonly waiting: number;
}

/** Applies what is new among neighbours of one partition, with their receipts, in the transaction of the context. */
export async function applyChunk(
  claimant: Claimant,
  subscription: AnySubscription,
  heard: readonly Heard[],
  context: EventContext,
  at: Date,
): Promise<ChunkResult> {
  const events = heard.map(({ event }) => event);
  const { fresh, held } = await claim(context.tx, claimant, events, at);
  const free = events.filter(({ subject }) => !held.has(subject));
  // A second one of the same id is no longer among the fresh.
  const firsts = free.filter(({ id }) => fresh.delete(id));
  for (const event of inOrderOfKeys(firsts)) await subscription.handle(event, context);
  const waiting = heard.filter(({ event }) => held.has(event.subject));
  for (const { record } of waiting) await keepWaiting(context.tx, claimant.consumer, record, at);
  return { applied: firsts.length, repeated: free.length - firsts.length, waiting: waiting.length };
}

/**
 * Within a key the order of the topic; among keys always the same, so that two transactions
 * which touch the same orders lock them in the same order and none waits in a circle.
 */
const inOrderOfKeys = (events: readonly AnyEvent[]): AnyEvent[] =>
  [...events].sort(({ subject: left }, { subject: right }) => (left === right ? 0 : left < right ? -1 : 1));
