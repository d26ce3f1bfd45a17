import { type Clock } from '@kasir/kernel';
import { type Broker, BrokerFailure } from '../broker.js';
import { type Passing } from '../crash-points.js';
import { type Database, type DatabaseSession } from '../database.js';
import { type Log } from '../log.js';
import { backOffMs, pauseFor, within } from '../waiting.js';
import { Bell } from './bell.js';
import { maxRecords } from './batches.js';
import { Carrier, wasAnswered } from './carrier.js';
import { look, type OutboxRow } from './rows.js';
import { ShardLocks } from './shard-locks.js';
import { Silence } from './silence.js';

/**
 * Brings what the outbox holds to its topics: at least once, each key in the order of its commits.
 * Instances of a service share the work by shards, each of which is one instance's at a time.
 */
export interface Relay {
  start(): void;
  /** Finishes the call in hand, for 5 s at most. What is left goes out after the next start. */
  stop(): Promise<void>;
  /** Looks at the outbox now instead of at the next poll: a transaction that published has committed. */
  wake(): void;
  /** The shards that are this instance's at the moment. */
  shards(): readonly number[];
  /** Milliseconds since the broker last answered while something awaits an answer; grows also when nothing is being sent. */
  brokerSilentMs(): number;
}

export interface RelayParts {
  readonly service: string;
  readonly database: Database;
  readonly broker: Broker;
  readonly log: Log;
  readonly clock: Clock;
  /** How often it looks for what other instances have published into its shards, where there are others. */
  readonly pollMs: number;
  readonly passing?: Passing;
}

/** How soon an instance takes what another has left, and gives what another lacks. */
const balanceMs = 500;
/** How often an instance that is alone looks for others and for what its last life has left: every commit of its own wakes it. */
const aloneMs = 2_000;
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
  #locks: ShardLocks | undefined;

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

  shards(): readonly number[] {
    return this.#locks?.owned ?? [];
  }

  brokerSilentMs(): number {
    return this.#silence.ms();
  }

  async #relay(): Promise<void> {
    const { database, log, service } = this.parts;
    while (!this.#stopped) {
      try {
        const session = await database.session();
        await this.#workWith(session).finally(() => {
          this.#locks = undefined;
          return session.release();
        });
      } catch (error) {
        log.warn({ err: error, service }, 'the relay was interrupted and begins anew');
        await this.#backOff();
      }
    }
  }

  /** Reads and deletes only through the session that owns the shards: who lost them can neither read nor delete. */
  async #workWith(session: DatabaseSession): Promise<void> {
    const locks = await ShardLocks.of(session, this.parts.service);
    this.#locks = locks;
    const carrier = new Carrier(this.parts, session, locks, this.#silence);
    let [balanceAt, lookAt] = [0, 0];
    while (!this.#stopped) {
      const balances = performance.now() >= balanceAt;
      if (balances || performance.now() >= lookAt) {
        const limit = Math.ceil(maxRecords / Math.max(1, locks.owned.length));
        const { rows, held } = await look(session, locks.owned, limit, balances ? locks.name : undefined);
        const moreWait = await this.#carry(carrier, rows, limit);
        // After the call, so that nothing of a shard is on its way when it changes hands.
        const took = held !== undefined && (await locks.balance(held));
        if (took) this.parts.passing?.('relay-took-shards');
        if (held !== undefined) balanceAt = performance.now() + (locks.alone ? aloneMs : balanceMs);
        lookAt = moreWait || took ? 0 : performance.now() + (locks.alone ? aloneMs : this.parts.pollMs);
        if (lookAt === 0) continue;
      }
      if (await this.#bell.wait(Math.max(0, Math.min(lookAt, balanceAt) - performance.now()))) lookAt = 0;
    }
  }

  /** @returns whether more may wait */
  async #carry(carrier: Carrier, rows: readonly OutboxRow[], limit: number): Promise<boolean> {
    try {
      const carried = await carrier.carry(rows);
      this.#failures = 0;
      return carried < rows.length || rows.length >= limit;
    } catch (error) {
      if (!(error instanceof BrokerFailure)) throw error;
      this.parts.log.warn({ err: error }, 'the broker did not take the events; they wait');
      await this.#backOff();
      return true;
    }
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
