import { type Tx } from '@kasir/messaging';
import { type UnmatchedItem, type UnmatchedUpdates } from '../application/ports.js';

const waitingIn = (about: string, table: string, key: string): string =>
  `select '${about}' as about, ${key} as id, each->'update'->>'kind' as kind, (each->>'since')::timestamptz as since
   from ${table}, jsonb_array_elements(waiting) as each where waiting <> '[]'`;

const waiting = `(${waitingIn('payment', 'payments', 'payment_request_id')}
  union all ${waitingIn('refund', 'refunds', 'refund_request_id')}) as waiting`;

export class UnmatchedRepository implements UnmatchedUpdates {
  constructor(private readonly tx: Tx) {}

  list(limit: number): Promise<UnmatchedItem[]> {
    return this.tx.query<UnmatchedItem>(`select * from ${waiting} order by since, id limit $1`, [limit]);
  }

  async overdue(before: Date): Promise<{ count: number; oldest: Date | null }> {
    const [row] = await this.tx.query<{ count: number; oldest: Date | null }>(
      `select count(*)::int as count, min(since) as oldest from ${waiting} where since <= $1`,
      [before],
    );
    return row ?? { count: 0, oldest: null };
  }
}
