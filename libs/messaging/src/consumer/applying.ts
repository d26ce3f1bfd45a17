import { type AnyEvent } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type IncomingRecord } from '../broker.js';
import { type Passing } from '../crash-points.js';
import { type Database } from '../database.js';
import { readHeader } from '../events/headers.js';
import { readEvent } from '../events/reading.js';
import { type Log } from '../log.js';
import { backOffMs, pauseFor } from '../waiting.js';
import { applyChunk, type Heard } from './chunk.js';
import { committing } from './committing.js';
import { keepInTurn } from './dead-letters.js';
import { faultOf } from './faults.js';
import { SequenceWatch } from './sequence-watch.js';
import { Slots } from './slots.js';
import { type AnySubscription, type EventContext, isUnhandled } from './subscription.js';
import { Unknowns } from './unknowns.js';

export interface ApplyingParts {
  readonly consumer: string;
  readonly subscriptions: readonly AnySubscription[];
  readonly transaction: Database['transaction'];
  readonly log: Log;
  readonly clock: Clock;
  /** How many transactions are open at once, over all partitions. */
  readonly concurrency: number;
  readonly passing?: Passing;
}

/** An error that no rule explains may be a bug or bad luck: after so many tries alone it is taken for a bug. */
const mostAttempts = 5;

/** Neighbours that nobody needs to apply stand among the others, so that the offsets stay complete. */
interface Item {
  readonly record: IncomingRecord;
  readonly event?: AnyEvent;
}
type Run = readonly Item[] | { readonly record: IncomingRecord; readonly unreadable: string };

/** Applies the messages of a partition in chunks: each once, or never and then kept with its reason. */
export class Applying {
  readonly sequences = new SequenceWatch();
  readonly unknowns: Unknowns;
  applied = 0;
  repeated = 0;
  waiting = 0;
  deadLetters = 0;

  readonly #slots: Slots;

  constructor(private readonly parts: ApplyingParts) {
    this.#slots = new Slots(parts.concurrency);
    this.unknowns = new Unknowns(parts.log);
  }

  /**
   * Takes neighbours of one partition.
   * @returns how many of them, from the first, are done with; less than all when `signal` gave the rest up
   */
  async apply(records: readonly IncomingRecord[], signal: AbortSignal): Promise<number> {
    const [first] = records;
    if (first === undefined) return 0;
    const subscription = this.parts.subscriptions.find(({ topic }) => topic.name === first.topic);
    if (subscription === undefined) throw new Error(`nobody asked for ${first.topic}`);
    let done = 0;
    for (const run of this.#runsOf(records, subscription)) {
      const [size, finished] = await this.#run(run, subscription, signal);
      done += finished;
      if (finished < size) break;
    }
    return done;
  }

  /** What nobody can read stands alone; everything between two such messages may go together. */
  #runsOf(records: readonly IncomingRecord[], subscription: AnySubscription): Run[] {
    const { topic } = subscription;
    const runs: Run[] = [];
    let together: Item[] = [];
    const end = (): void => {
      if (together.length > 0) runs.push(together);
      together = [];
    };
    for (const record of records) {
      if (isUnhandled(subscription, readHeader(record.headers, 'type'))) {
        this.sequences.observeHeaders(record.headers);
        together.push({ record });
        continue;
      }
      const reading = readEvent(topic, record);
      if (reading.kind === 'unreadable') {
        end();
        runs.push({ record, unreadable: reading.reason });
      } else if (reading.kind === 'event') {
        this.sequences.observe(reading.event);
        this.unknowns.dropFields(record.topic, reading.event.type, reading.unknownFields);
        together.push({ record, event: reading.event });
      } else {
        this.unknowns.passOver(record.topic, reading.type);
        together.push({ record });
      }
    }
    end();
    return runs;
  }

  async #run(run: Run, subscription: AnySubscription, signal: AbortSignal): Promise<[size: number, done: number]> {
    if (!('unreadable' in run)) return [run.length, await this.#together(run, subscription, signal)];
    const kept = await this.#bury(run.record, subscription, run.unreadable, 1, signal);
    return [1, kept ? 1 : 0];
  }

  /** All in one transaction. When it fails, each half in its own, until the guilty one stands alone. */
  async #together(items: readonly Item[], subscription: AnySubscription, signal: AbortSignal): Promise<number> {
    const heard = items.filter((item): item is Heard => item.event !== undefined);
    if (heard.length === 0) return items.length;
    if (heard.length === 1) return (await this.#alone(heard[0]!, subscription, signal)) ? items.length : 0;
    try {
      await this.#once(heard, subscription);
      return items.length;
    } catch (error) {
      const fault = faultOf(error);
      const { topic, partition } = items[0]!.record;
      const fields = { topic, partition, events: heard.length, fault, err: error };
      this.parts.log.debug(fields, 'events could not be applied together and are tried in halves');
      this.parts.passing?.('consumer-in-halves');
      if (fault === 'transient') await pauseFor(backOffMs(1), signal);
      if (signal.aborted) return 0;
      const middle = Math.ceil(items.length / 2);
      const first = await this.#together(items.slice(0, middle), subscription, signal);
      return first < middle ? first : middle + (await this.#together(items.slice(middle), subscription, signal));
    }
  }

  async #alone(heard: Heard, subscription: AnySubscription, signal: AbortSignal): Promise<boolean> {
    const { record, event } = heard;
    const fields = { topic: record.topic, type: event.type, eventId: event.id, orderId: event.subject };
    let unexplained = 0;
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        await this.#once([heard], subscription);
        return true;
      } catch (error) {
        const fault = faultOf(error);
        if (fault === 'unexplained') unexplained += 1;
        if (fault === 'refused' || unexplained >= mostAttempts)
          return this.#bury(record, subscription, reasonOf(error), attempt, signal);
        this.parts.log.warn(
          { ...fields, err: error, attempt, fault },
          'an event could not be applied and is tried again',
        );
        await pauseFor(backOffMs(attempt), signal);
      }
    }
    return false;
  }

  async #once(heard: readonly Heard[], subscription: AnySubscription): Promise<void> {
    const { consumer, clock } = this.parts;
    const claimant = { consumer, topic: subscription.topic.name, waits: waits(subscription) };
    const { applied, repeated, waiting } = await this.#transaction((context) =>
      applyChunk(claimant, subscription, heard, context, clock.now()),
    );
    this.applied += applied;
    this.repeated += repeated;
    this.waiting += waiting;
  }

  /** Nothing may be lost, so this is tried until the database takes it. */
  async #bury(
    record: IncomingRecord,
    subscription: AnySubscription,
    reason: string,
    attempts: number,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { consumer, clock, log, passing } = this.parts;
    const { topic, partition, offset } = record;
    const letter = { consumer, record, reason, attempts, holds: waits(subscription) };
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        const kept = await this.#transaction(async ({ tx }) => {
          const place = await keepInTurn(tx, { ...letter, at: clock.now() });
          passing?.('letter-before-commit');
          return place;
        });
        passing?.('letter-after-commit');
        if (kept === 'waiting') this.waiting += 1;
        else this.deadLetters += 1;
        if (kept === 'dead')
          log.error({ topic, partition, offset, reason, attempts }, 'a message became a dead letter');
        return true;
      } catch (error) {
        log.warn({ topic, partition, offset, err: error }, 'a dead letter could not be kept and is tried again');
        await pauseFor(backOffMs(attempt), signal);
      }
    }
    return false;
  }

  #transaction<T>(work: (context: EventContext) => Promise<T>): Promise<T> {
    return this.#slots.use(() => committing(this.parts.transaction, this.parts.log, work));
  }
}

const waits = ({ whenPoisoned = 'wait' }: AnySubscription): boolean => whenPoisoned === 'wait';

export const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : `thrown: ${String(error)}`;
