import { crc32 } from 'node:zlib';
import { type DatabaseSession } from '../database.js';
import { shardCount } from './shards.js';

/** A session that says nothing for so long is ended by the database, and its shards are free. */
const mostSilenceMs = 5_000;
const aliveMs = 1_000;
/** Held by every relay together, so that each can count the others. */
const presence = shardCount;

/**
 * The shards that one session owns. Ownership is the session's advisory lock: the database itself gives it away when the
 * session ends, so who has lost a shard has lost the connection through which he could read or delete its rows.
 */
export class ShardLocks {
  #owned: number[] = [];
  #alone = false;
  /** What the locks are listed under. */
  readonly name: number;

  private constructor(
    private readonly session: DatabaseSession,
    service: string,
  ) {
    this.name = crc32(`kasir relay of ${service}`);
  }

  static async of(session: DatabaseSession, service: string): Promise<ShardLocks> {
    const locks = new ShardLocks(session, service);
    // A delete that a crash of the server forgets repeats an event, which readers fold: it need not wait for the disk.
    await session.query(
      `select set_config('synchronous_commit', 'off', false), set_config('idle_session_timeout', $1, false),
         set_config('tcp_keepalives_idle', '2', false), set_config('tcp_keepalives_interval', '1', false),
         set_config('tcp_keepalives_count', '3', false), pg_advisory_lock_shared($2::integer, $3)`,
      [String(mostSilenceMs), locks.#signedName, presence],
    );
    return locks;
  }

  get owned(): readonly number[] {
    return this.#owned;
  }

  /** Whether no other relay is there, as of the last look. */
  get alone(): boolean {
    return this.#alone;
  }

  /**
   * Takes free shards up to a fair share, gives back what is more than that.
   * @param held the locks of this name that any relay holds
   * @returns whether it took any
   */
  async balance(held: readonly number[]): Promise<boolean> {
    const members = held.filter((lock) => lock === presence).length;
    this.#alone = members <= 1;
    const share = Math.ceil(shardCount / Math.max(1, members));
    const surplus = this.#owned.slice(share);
    if (surplus.length > 0) await this.#giveBack(surplus);
    const free = inAnyOrder(this.#allBut([...this.#owned, ...held])).slice(0, Math.max(0, share - this.#owned.length));
    return free.length > 0 && (await this.#take(free));
  }

  /** Keeps the session from falling silent while something else takes its time. */
  async alive<T>(work: () => Promise<T>): Promise<T> {
    let asked: Promise<unknown> = Promise.resolve();
    const timer = setInterval(() => {
      asked = asked.then(() => this.session.query('select 1')).catch(() => undefined);
    }, aliveMs);
    try {
      return await work();
    } finally {
      clearInterval(timer);
      await asked;
    }
  }

  async #take(shards: readonly number[]): Promise<boolean> {
    const taken = await this.session.query<{ shard: number }>(
      `select shard from unnest($2::integer[]) as shard where pg_try_advisory_lock($1::integer, shard)`,
      [this.#signedName, shards],
    );
    this.#owned.push(...taken.map(({ shard }) => shard));
    return taken.length > 0;
  }

  async #giveBack(shards: readonly number[]): Promise<void> {
    await this.session.query(`select pg_advisory_unlock($1::integer, shard) from unnest($2::integer[]) as shard`, [
      this.#signedName,
      shards,
    ]);
    this.#owned = this.#owned.filter((shard) => !shards.includes(shard));
  }

  #allBut(shards: readonly number[]): number[] {
    return Array.from({ length: shardCount }, (_, shard) => shard).filter((shard) => !shards.includes(shard));
  }

  /** Locks are named by signed numbers and listed by unsigned ones. */
  get #signedName(): number {
    return this.name | 0;
  }
}

/** So that instances that start together do not all reach for the same ones. */
function inAnyOrder(shards: readonly number[]): number[] {
  const start = Math.floor(Math.random() * shards.length);
  return [...shards.slice(start), ...shards.slice(0, start)];
}
