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
  with held as (
    select key from dead_letters
    where $4 and holds and consumer = $1 and topic = $2
      and key in (select convert_to(said.key, 'UTF8') from jsonb_to_recordset($3::jsonb) as said (key text))
    for share
  ), claimed as (
    insert into inbox (consumer, event_id, topic, received_at)
    select $1, said.id, $2, $5 from jsonb_to_recordset($3::jsonb) as said (id uuid, key text)
    where not exists (select from held where held.key = convert_to(said.key, 'UTF8'))
    order by said.id
    on conflict do nothing
    returning event_id
  )
  select event_id::text as fresh, null as held from claimed
  union all select null, key from held`;

interface Row {
  readonly fresh: string | null;
  readonly held: Buffer | null;
}

/**
 * Claims events for a consumer inside the transaction that applies them, in one statement.
 * Waits while another transaction holds one of the claims.
 */
export async function claim(
  tx: Tx,
  { consumer, topic, waits }: Claimant,
  events: readonly Pick<AnyEvent, 'id' | 'subject'>[],
  at: Date,
): Promise<Receipts> {
  const said = JSON.stringify(events.map(({ id, subject }) => ({ id, key: subject })));
  const rows = await tx.query<Row>(claiming, [consumer, topic, said, waits, at]);
  return {
    fresh: new Set(rows.map(({ fresh }) => fresh).filter((id) => id !== null)),
    held: new Set(rows.map(({ held }) => held?.toString()).filter((key) => key !== undefined)),
  };
}
