import { type Clock } from '@kasir/kernel';
import { type Broker, BrokerFailure } from '../broker.js';
import { type Database, type DatabaseSession } from '../database.js';
import { type Log } from '../log.js';
import { backOffMs, pauseFor, within } from '../waiting.js';
import { firstBatch, maxRecords } from './batches.js';
import { Bell } from './bell.js';
import { buryRow, deleteRows, type OutboxRow, waitingRows } from './rows.js';
import { Silence } from './silence.js';

/** Brings what the outbox holds to its topics: at least once, each key in the order of its commits. */
export interface Relay {
  start(): void;
  /** Finishes the call in hand, for 5 s at most. What is left goes out after the next start. */
  stop(): Promise<void>;
  /** Looks at the outbox now instead of at the next poll. */
  wake(): void;
  /** Milliseconds since the broker last answered while something awaits an answer; grows also when nothing is being sent. */
  brokerSilentMs(): number;
}

export interface RelayParts {
  readonly service: string;
  readonly database: Database;
  readonly broker: Broker;
  readonly log: Log;
  readonly clock: Clock;
  /** How often it looks at the outbox without being told to. */
  readonly pollMs: number;
}

const lockPollMs = 250;
const pingMs = 1_000;
const stopMs = 5_000;
/** Waits of 800 ms at most: when the broker is back, people wait for what lies here. */
const mostPatience = 4;

export const createRelay = (parts: RelayParts): Relay => new OutboxRelay(parts);

class OutboxRelay implements Relay {
  readonly #silence = new Silence();
  readonly #bell = new Bell();
  #stopping = new AbortController();
  #work: Promise<unknown> | undefined;
  #failures = 0;

  constructor(private readonly parts: RelayParts) {}

  start(): void {
    if (this.#work !== undefined) return;
    this.#stopping = new AbortController();
    this.#work = Promise.all([this.#relay(), this.#listenForBroker()]);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#bell.ring();
    if (this.#work !== undefined) await within(stopMs, this.#work);
    this.#work = undefined;
  }

  wake(): void {
    this.#bell.ring();
  }

  brokerSilentMs(): number {
    return this.#silence.ms();
  }

  async #relay(): Promise<void> {
    const { database, log, service } = this.parts;
    while (!this.#stopped) {
      try {
        const session = await database.session();
        await this.#holdWith(session).finally(() => session.release());
      } catch (error) {
        log.warn({ err: error, service }, 'the relay was interrupted and begins anew');
        await this.#backOff();
      }
    }
  }

  /** Reads and deletes only through the session that holds the lock: who lost the lock can neither read nor delete. */
  async #holdWith(session: DatabaseSession): Promise<void> {
    while (!this.#stopped && !(await this.#lock(session))) await this.#bell.wait(lockPollMs);
    while (!this.#stopped) {
      const rows = await waitingRows(session, maxRecords);
      if (rows.length === 0) await this.#bell.wait(this.parts.pollMs);
      else await this.#bring(session, firstBatch(rows));
    }
  }

  async #lock(session: DatabaseSession): Promise<boolean> {
    const name = `kasir relay of ${this.parts.service}`;
    const [row] = await session.query<{ held: boolean }>(
      `select pg_try_advisory_lock(hashtextextended($1, 0)) as held`,
      [name],
    );
    return row?.held === true;
  }

  async #bring(session: DatabaseSession, batch: readonly OutboxRow[]): Promise<void> {
    try {
      await this.#send(batch).catch((error: unknown) => {
        if (!isPermanent(error)) throw error;
        return this.#bringOneByOne(session, batch);
      });
      await deleteRows(session, batch);
      this.#failures = 0;
    } catch (error) {
      if (!(error instanceof BrokerFailure)) throw error;
      this.parts.log.warn({ err: error, events: batch.length }, 'the broker did not take the events; they wait');
      await this.#backOff();
    }
  }

  async #bringOneByOne(session: DatabaseSession, batch: readonly OutboxRow[]): Promise<void> {
    const { log, clock } = this.parts;
    for (const row of batch) {
      try {
        await this.#send([row]);
        await deleteRows(session, [row]);
      } catch (error) {
        if (!isPermanent(error)) throw error;
        await buryRow(session, row, error.message, clock.now());
        log.error(
          { err: error, topic: row.topic, key: row.key, position: row.position },
          'an event will never be sent',
        );
      }
    }
  }

  #send(rows: readonly OutboxRow[]): Promise<void> {
    return this.#silence.ask(() => this.parts.broker.producer.sendBatch(rows), wasAnswered);
  }

  async #listenForBroker(): Promise<void> {
    while (!this.#stopped) {
      if (this.#silence.sinceHeardMs() >= pingMs)
        await this.#silence.ask(() => this.parts.broker.ping(), wasAnswered).catch(() => undefined);
      await pauseFor(pingMs, this.#stopping.signal);
    }
  }

  async #backOff(): Promise<void> {
    this.#failures = Math.min(this.#failures + 1, mostPatience);
    await pauseFor(backOffMs(this.#failures), this.#stopping.signal);
  }

  get #stopped(): boolean {
    return this.#stopping.signal.aborted;
  }
}

const isPermanent = (error: unknown): error is BrokerFailure => error instanceof BrokerFailure && error.permanent;
const wasAnswered = (error: unknown): boolean => error instanceof BrokerFailure && error.answered;
