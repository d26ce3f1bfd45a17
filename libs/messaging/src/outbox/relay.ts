import { type Clock } from '@kasir/kernel';
import { type Broker, BrokerFailure } from '../broker.js';
import { type Passing } from '../crash-points.js';
import { type Database, type DatabaseSession } from '../database.js';
import { type Log } from '../log.js';
import { backOffMs, pauseFor, within } from '../waiting.js';
import { Bell } from './bell.js';
import { wasAnswered } from './carrier.js';
import { RelaySession } from './relay-session.js';
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
  #session: RelaySession | undefined;

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
    return this.#session?.shards ?? [];
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
          this.#session = undefined;
          return session.release();
        });
      } catch (error) {
        log.warn({ err: error, service }, 'the relay was interrupted and begins anew');
        await this.#backOff();
      }
    }
  }

  async #workWith(databaseSession: DatabaseSession): Promise<void> {
    const session = await RelaySession.of(this.parts, databaseSession, this.#silence);
    this.#session = session;
    while (!this.#stopped) {
      if (session.restMs === 0) await this.#round(session);
      else if (await this.#bell.wait(session.restMs)) session.lookNow();
    }
    await session.end();
  }

  async #round(session: RelaySession): Promise<void> {
    try {
      await session.round();
      this.#failures = 0;
    } catch (error) {
      if (!(error instanceof BrokerFailure)) throw error;
      this.parts.log.warn({ err: error }, 'the broker did not take the events; they wait');
      await this.#backOff();
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
