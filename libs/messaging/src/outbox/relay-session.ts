import { type Passing } from '../crash-points.js';
import { type DatabaseSession } from '../database.js';
import { maxRecords } from './batches.js';
import { Carrier, type CarrierParts } from './carrier.js';
import { deleteRows, look } from './rows.js';
import { ShardLocks } from './shard-locks.js';
import { type Silence } from './silence.js';

export interface RelaySessionParts extends CarrierParts {
  readonly service: string;
  /** How often to look for what other instances have published into its shards, where there are others. */
  readonly pollMs: number;
  readonly passing?: Passing;
}

/** How soon an instance takes what another has left, and gives what another lacks. */
const balanceMs = 500;
/** How often an instance that is alone looks for others and for what was left: its own commits wake it. */
const aloneMs = 2_000;
/** How long a row that was acknowledged stays where no next look takes it along. */
const deleteMs = 250;

/** The relay's session with the database: it owns shards for as long as it lasts. */
export class RelaySession {
  #acknowledged: readonly string[] = [];
  #balanceAt = 0;
  #lookAt = 0;

  private constructor(
    private readonly parts: RelaySessionParts,
    private readonly session: DatabaseSession,
    private readonly locks: ShardLocks,
    private readonly carrier: Carrier,
  ) {}

  static async of(parts: RelaySessionParts, session: DatabaseSession, silence: Silence): Promise<RelaySession> {
    const locks = await ShardLocks.of(session, parts.service);
    return new RelaySession(parts, session, locks, new Carrier(parts, session, locks, silence));
  }

  get shards(): readonly number[] {
    return this.locks.owned;
  }

  /** How long there is nothing to do, in milliseconds, unless something is published. */
  get restMs(): number {
    return Math.max(0, Math.min(this.#lookAt, this.#balanceAt) - performance.now());
  }

  lookNow(): void {
    this.#lookAt = 0;
  }

  /**
   * Looks at the outbox, sends what waits and, when it is time, shares the shards with the other instances.
   * @throws BrokerFailure when the broker did not take the events: they still wait
   */
  async round(): Promise<void> {
    const balances = performance.now() >= this.#balanceAt;
    const moreWait = await this.#lookAndSend(balances);
    const pauseMs = this.locks.alone ? aloneMs : this.parts.pollMs;
    const leftMs = this.#acknowledged.length > 0 ? deleteMs : pauseMs;
    this.#lookAt = moreWait ? 0 : performance.now() + Math.min(pauseMs, leftMs);
  }

  /** Deletes what was acknowledged and not yet deleted. */
  async end(): Promise<void> {
    if (this.#acknowledged.length > 0) await deleteRows(this.session, this.#acknowledged);
    this.#acknowledged = [];
  }

  /** @returns whether more may wait */
  async #lookAndSend(balances: boolean): Promise<boolean> {
    const { owned, name } = this.locks;
    const limit = Math.ceil(maxRecords / Math.max(1, owned.length));
    const { rows, held } = await look(this.session, {
      shards: owned,
      limit,
      acknowledged: this.#acknowledged,
      lockName: balances ? name : undefined,
    });
    if (this.#acknowledged.length > 0) this.parts.passing?.('relay-after-look');
    this.#acknowledged = [];
    const { count, acknowledged } = await this.carrier.carry(rows);
    this.#acknowledged = acknowledged;
    const took = held !== undefined && (await this.#balance(held));
    return took || count < rows.length || rows.length >= limit;
  }

  /** A shard changes hands with nothing of it on its way, and nothing left that was acknowledged. */
  async #balance(held: readonly number[]): Promise<boolean> {
    await this.end();
    const took = await this.locks.balance(held);
    if (took) this.parts.passing?.('relay-took-shards');
    this.#balanceAt = performance.now() + (this.locks.alone ? aloneMs : balanceMs);
    return took;
  }
}
