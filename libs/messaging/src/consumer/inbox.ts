import { type AnyEvent } from '@kasir/contracts';
import { type Tx } from '../database.js';

export interface Claimant {
  readonly consumer: string;
  readonly topic: string;
  /** Whether messages wait for a dead letter of their key. */
  readonly waits: boolean;
}

export interface Receipts {
  /** Events that were never applied before. */
  readonly fresh: Set<string>;
  /** Keys whose messages have to wait for a dead letter; nothing of them is claimed. */
  readonly held: ReadonlySet<string>;
}

// Locking what holds a key makes a redrive that is under way and this transaction wait for each other.
// Receipts go in by the order of their ids, so that two claimants of the same events cannot deadlock.
const claiming = `
  with holders as materialized (
    select id, key from dead_letters
    where $4 and holds and consumer = $1 and topic = $2
      and key in (select convert_to(said.key, 'UTF8') from jsonb_to_recordset($3::jsonb) as said (key text))
  ), locked as (
    select letter.key, letter.holds from holders join dead_letters as letter using (id) for share of letter
  ), claimed as (
    insert into inbox (consumer, event_id, topic, received_at)
    select $1, said.id, $2, $5 from jsonb_to_recordset($3::jsonb) as said (id uuid, key text)
    where not exists (select from holders where holders.key = convert_to(said.key, 'UTF8'))
    order by said.id
    on conflict do nothing
    returning event_id
  )
  select null as fresh, key, holds from locked
  union all select event_id::text, null, null from claimed`;

interface Row {
  readonly fresh: string | null;
  readonly key: Buffer | null;
  /** Not any more, where somebody decided upon the dead letter while we waited for it. */
  readonly holds: boolean | null;
}

type Claimable = Pick<AnyEvent, 'id' | 'subject'>;

/**
 * Claims events for a consumer inside the transaction that applies them, in one statement as a rule.
 * Waits while another transaction holds one of the claims.
 */
export async function claim(tx: Tx, claimant: Claimant, events: readonly Claimable[], at: Date): Promise<Receipts> {
  const fresh = new Set<string>();
  const held = new Set<string>();
  // Another dead letter may have taken the place of the one that was decided upon; only a new statement can see it.
  for (let open = events; open.length > 0;) {
    const rows = await askOnce(tx, claimant, open, at);
    for (const row of rows) if (row.fresh !== null) fresh.add(row.fresh);
    for (const key of keysOf(rows, true)) held.add(key);
    const decided = keysOf(rows, false);
    open = open.filter(({ subject }) => decided.has(subject) && !held.has(subject));
  }
  return { fresh, held };
}

function askOnce(tx: Tx, { consumer, topic, waits }: Claimant, events: readonly Claimable[], at: Date): Promise<Row[]> {
  const said = JSON.stringify(events.map(({ id, subject }) => ({ id, key: subject })));
  return tx.query<Row>(claiming, [consumer, topic, said, waits, at]);
}

const keysOf = (rows: readonly Row[], holding: boolean): ReadonlySet<string> =>
  new Set(rows.flatMap(({ key, holds }) => (key !== null && holds === holding ? [key.toString()] : [])));
