import { type Clock } from '@kasir/kernel';
import { committing } from '../consumer/committing.js';
import { isHeld, keepDeadLetter } from '../consumer/dead-letters.js';
import { claim } from '../consumer/inbox.js';
import { type KeptRecord, recordOf, withoutNul } from '../consumer/records.js';
import { type AnySubscription, type EventContext } from '../consumer/subscription.js';
import { endWaiting, firstWaiting } from '../consumer/waiting-messages.js';
import { type Database, type Tx } from '../database.js';
import { readEvent } from '../events/reading.js';
import { type Log } from '../log.js';
import {
  DeadLetterClosed,
  type DeadLetterDetails,
  type DeadLetters,
  type DeadLetterState,
  type DeadLetterSummary,
  type Discarded,
  NoSuchDeadLetter,
  type OperatorOrder,
  type Redriven,
  type Released,
} from './dead-letters.js';
import { listLetters, showLetter } from './reading.js';
import { tryAgain } from './trying.js';

export interface DeskParts {
  readonly consumer: string;
  readonly transaction: Database['transaction'];
  readonly subscriptionOf: (topic: string) => AnySubscription | undefined;
  readonly log: Log;
  readonly clock: Clock;
}

interface Letter extends KeptRecord {
  readonly id: string;
  readonly state: DeadLetterState;
  readonly holds: boolean;
}

/** Where an operator decides what becomes of dead letters. Each decision is one transaction with its line in the audit. */
export class DeadLetterDesk implements DeadLetters {
  constructor(private readonly parts: DeskParts) {}

  list(query: Parameters<DeadLetters['list']>[0] = {}): Promise<DeadLetterSummary[]> {
    return this.parts.transaction((tx) => listLetters(tx, this.parts.consumer, query));
  }

  show(id: string): Promise<DeadLetterDetails | undefined> {
    if (!isId(id)) return Promise.resolve(undefined);
    return this.parts.transaction((tx) => showLetter(tx, this.parts.consumer, id));
  }

  redrive(id: string, order: OperatorOrder): Promise<Redriven> {
    return this.#decide(id, order, async (context, letter, subscription) => {
      const failure = await tryAgain(context, this.parts, subscription, letter);
      if (failure !== undefined) {
        await context.tx.query('update dead_letters set reason = $2, attempts = attempts + 1 where id = $1', [
          id,
          withoutNul(failure),
        ]);
        await this.#note(context.tx, id, 'redrive', order, { done: false, outcome: failure, released: 0 });
        return { outcome: 'failed', reason: failure };
      }
      const released = await this.#close(context, letter, 'redriven', subscription);
      await this.#note(context.tx, id, 'redrive', order, { done: true, outcome: outcomeOf(released), ...released });
      return { outcome: 'redriven', ...released };
    });
  }

  discard(id: string, order: OperatorOrder): Promise<Discarded> {
    return this.#decide(id, order, async (context, letter, subscription) => {
      await this.#refuseForGood(context.tx, letter, subscription);
      const released = await this.#close(context, letter, 'discarded', subscription);
      await this.#note(context.tx, id, 'discard', order, { done: true, outcome: outcomeOf(released), ...released });
      return { outcome: 'discarded', ...released };
    });
  }

  async #decide<T>(
    id: string,
    { by, reason }: OperatorOrder,
    work: (context: EventContext, letter: Letter, subscription: AnySubscription) => Promise<T>,
  ): Promise<T> {
    if (by.trim() === '' || reason.trim() === '') throw new TypeError('a decision needs a name and a reason');
    const { transaction, log, consumer, subscriptionOf } = this.parts;
    return committing(transaction, log, async (context) => {
      const letter = await openLetter(context.tx, consumer, id);
      const subscription = subscriptionOf(letter.topic);
      if (subscription === undefined) throw new Error(`${consumer} does not hear ${letter.topic}`);
      return work(context, letter, subscription);
    });
  }

  /** A receipt without the work: when the message comes again, after a rebalance, it is folded. */
  async #refuseForGood(tx: Tx, letter: Letter, { topic }: AnySubscription): Promise<void> {
    const reading = readEvent(topic, recordOf(letter));
    if (reading.kind !== 'event') return;
    const claimant = { consumer: this.parts.consumer, topic: topic.name, waits: false };
    await claim(tx, claimant, [reading.event], this.parts.clock.now());
  }

  async #close(
    context: EventContext,
    letter: Letter,
    state: DeadLetterState,
    subscription: AnySubscription,
  ): Promise<Released> {
    await context.tx.query('update dead_letters set state = $2, holds = false where id = $1', [letter.id, state]);
    return letter.holds ? this.#release(context, letter, subscription) : { released: 0 };
  }

  async #release(context: EventContext, letter: Letter, subscription: AnySubscription): Promise<Released> {
    const { consumer, clock } = this.parts;
    const { tx } = context;
    if (await isHeld(tx, consumer, letter)) return { released: 0 };
    for (let released = 0; ; released += 1) {
      const next = await firstWaiting(tx, consumer, letter);
      if (next === undefined) return { released };
      const reason = await tryAgain(context, this.parts, subscription, next);
      await endWaiting(tx, next.id);
      if (reason === undefined) continue;
      const dead = { consumer, record: recordOf(next), reason, attempts: 1, at: clock.now(), holds: true };
      const parkedAgain = await keepDeadLetter(tx, dead);
      if (parkedAgain !== undefined) return { released, parkedAgain };
    }
  }

  #note(
    tx: Tx,
    id: string,
    action: 'redrive' | 'discard',
    { by, reason }: OperatorOrder,
    { done, outcome, released }: { done: boolean; outcome: string; released: number },
  ): Promise<unknown> {
    return tx.query(
      `insert into dead_letter_actions (dead_letter_id, action, done, acted_by, reason, outcome, released, acted_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, action, done, by, reason, withoutNul(outcome), released, this.parts.clock.now()],
    );
  }
}

const isId = (id: string): boolean => /^\d{1,18}$/.test(id);

/** Locked, so that the consumer puts nothing more behind it meanwhile. */
async function openLetter(tx: Tx, consumer: string, id: string): Promise<Letter> {
  if (!isId(id)) throw new NoSuchDeadLetter(id);
  const [letter] = await tx.query<Letter>(
    `select id, topic, partition, message_offset, sent_at, key, headers, body, state, holds
     from dead_letters where consumer = $1 and id = $2 for update`,
    [consumer, id],
  );
  if (letter === undefined) throw new NoSuchDeadLetter(id);
  if (letter.state !== 'kept') throw new DeadLetterClosed(id, letter.state);
  return letter;
}

const outcomeOf = ({ parkedAgain }: Released): string =>
  parkedAgain === undefined ? 'applied in turn' : `a message that waited became dead letter ${parkedAgain}`;
