import { type Clock } from '@kasir/kernel';
import { type Consumer } from './consumer/consumer.js';
import { type ConsumerStats } from './consumer/consumer-stats.js';
import { type Database } from './database.js';
import { type Relay } from './outbox/relay.js';

/** A snapshot for metrics and operators. */
export interface MessagingStats {
  readonly outbox: {
    readonly depth: number;
    /** How long the oldest event has been waiting, 0 when none does. */
    readonly oldestMs: number;
    readonly dead: number;
  };
  /** Dead letters upon which nobody has decided yet. */
  readonly deadLetters: number;
  /** How long the oldest of them has been lying there, 0 when there is none. */
  readonly deadLettersOldestMs: number;
  /** Messages that wait for a dead letter of their key. */
  readonly waitingMessages: number;
  readonly brokerSilentMs: number;
  /** Shards of the outbox that are this instance's; 16 over all instances. */
  readonly ownedShards: number;
  readonly consumers: readonly ConsumerStats[];
}

const counts = `
  select (select count(*) from outbox)::int as depth,
         (select min(said_at) from outbox) as oldest,
         (select count(*) from outbox_dead)::int as dead,
         (select count(*) from dead_letters where state = 'kept')::int as letters,
         (select min(died_at) from dead_letters where state = 'kept') as oldest_letter,
         (select count(*) from waiting_messages)::int as waiting`;

interface Counts {
  readonly depth: number;
  readonly oldest: Date | null;
  readonly dead: number;
  readonly letters: number;
  readonly oldest_letter: Date | null;
  readonly waiting: number;
}

export async function readStats(
  database: Database,
  consumers: readonly Consumer[],
  relay: Relay,
  clock: Clock,
): Promise<MessagingStats> {
  const [row] = await database.transaction((tx) => tx.query<Counts>(counts));
  if (row === undefined) throw new Error('counting gave no row');
  const ageMs = (since: Date | null): number =>
    since === null ? 0 : Math.max(0, clock.now().getTime() - since.getTime());
  return {
    outbox: {
      depth: row.depth,
      oldestMs: ageMs(row.oldest),
      dead: row.dead,
    },
    deadLetters: row.letters,
    deadLettersOldestMs: ageMs(row.oldest_letter),
    waitingMessages: row.waiting,
    brokerSilentMs: relay.brokerSilentMs(),
    ownedShards: relay.shards().length,
    consumers: consumers.map((consumer) => consumer.stats()),
  };
}
