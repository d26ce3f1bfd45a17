import { type AnyEvent } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type IncomingRecord } from '../broker.js';
import { type Database, type Tx } from '../database.js';
import { readEvent } from '../events/reading.js';
import { type Log } from '../log.js';
import { backOffMs, pauseFor } from '../waiting.js';
import { keepDeadLetter } from './dead-letters.js';
import { faultOf } from './faults.js';
import { claim } from './inbox.js';
import { SequenceWatch } from './sequence-watch.js';
import { Slots } from './slots.js';
import { type AnySubscription } from './subscription.js';

export interface ApplyingParts {
  readonly consumer: string;
  readonly subscriptions: readonly AnySubscription[];
  readonly transaction: Database['transaction'];
  readonly log: Log;
  readonly clock: Clock;
  /** How many transactions are open at once, over all partitions. */
  readonly concurrency: number;
}

/** An error that no rule explains may be a bug or bad luck: after so many tries it is taken for a bug. */
const mostAttempts = 5;

/** Applies one record after the other: once, or never and then kept with its reason. */
export class Applying {
  readonly sequences = new SequenceWatch();
  applied = 0;
  repeated = 0;
  deadLetters = 0;
  unknownTypes = 0;

  readonly #slots: Slots;
  readonly #unknownTypes = new Set<string>();

  constructor(private readonly parts: ApplyingParts) {
    this.#slots = new Slots(parts.concurrency);
  }

  /** @returns false when `signal` gave the record up before it was done with */
  async apply(record: IncomingRecord, signal: AbortSignal): Promise<boolean> {
    const subscription = this.parts.subscriptions.find(({ topic }) => topic.name === record.topic);
    if (subscription === undefined) throw new Error(`nobody asked for ${record.topic}`);
    const reading = readEvent(subscription.topic, record);
    switch (reading.kind) {
      case 'unknown-type':
        this.#passOver(record.topic, reading.type);
        return true;
      case 'unreadable':
        return this.#bury(record, reading.reason, 1, signal);
      case 'event':
        this.sequences.observe(reading.event);
        return this.#handle(record, reading.event, subscription, signal);
    }
  }

  async #handle(
    record: IncomingRecord,
    event: AnyEvent,
    subscription: AnySubscription,
    signal: AbortSignal,
  ): Promise<boolean> {
    const fields = { topic: record.topic, type: event.type, eventId: event.id, orderId: event.subject };
    let unexplained = 0;
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        await this.#once(event, subscription);
        return true;
      } catch (error) {
        const fault = faultOf(error);
        if (fault === 'unexplained') unexplained += 1;
        if (fault === 'refused' || unexplained >= mostAttempts)
          return this.#bury(record, reasonOf(error), attempt, signal);
        this.parts.log.warn(
          { ...fields, err: error, attempt, fault },
          'an event could not be applied and is tried again',
        );
        await pauseFor(backOffMs(attempt), signal);
      }
    }
    return false;
  }

  #passOver(topic: string, type: string): void {
    this.unknownTypes += 1;
    if (this.#unknownTypes.has(type)) return;
    this.#unknownTypes.add(type);
    this.parts.log.info({ topic, type }, 'events of an unknown type are passed over');
  }

  async #once(event: AnyEvent, subscription: AnySubscription): Promise<void> {
    const { consumer, clock } = this.parts;
    const fresh = await this.#transaction(async (tx) => {
      const isFresh = await claim(tx, consumer, event.id, clock.now());
      if (isFresh) await subscription.handle(event, tx);
      return isFresh;
    });
    if (fresh) this.applied += 1;
    else this.repeated += 1;
  }

  /** Nothing may be lost, so this is tried until the database takes it. */
  async #bury(record: IncomingRecord, reason: string, attempts: number, signal: AbortSignal): Promise<boolean> {
    const { consumer, clock, log } = this.parts;
    const { topic, partition, offset } = record;
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        await this.#transaction((tx) => keepDeadLetter(tx, { consumer, record, reason, attempts, at: clock.now() }));
        this.deadLetters += 1;
        log.error({ topic, partition, offset, reason, attempts }, 'a message became a dead letter');
        return true;
      } catch (error) {
        log.warn({ topic, partition, offset, err: error }, 'a dead letter could not be kept and is tried again');
        await pauseFor(backOffMs(attempt), signal);
      }
    }
    return false;
  }

  #transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#slots.use(() => this.parts.transaction(work));
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : `thrown: ${String(error)}`;
