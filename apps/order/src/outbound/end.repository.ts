import { type Tx } from '@kasir/messaging';
import { type Ends } from '../application/ports.js';
import { type AttemptEnd } from '../domain/attempt-end.js';
import { endsAttempt } from '../domain/case.js';

export class EndRepository implements Ends {
  constructor(private readonly tx: Tx) {}

  async add(orderId: string, paymentSessionId: string, end: AttemptEnd): Promise<void> {
    await this.tx.query(
      `insert into attempt_ends (payment_session_id, order_id, ending) values ($1, $2, $3)
       on conflict (payment_session_id) do update set ending = excluded.ending where excluded.ending = 'cancelled'`,
      [paymentSessionId, orderId, end],
    );
  }

  async find(paymentSessionId: string): Promise<AttemptEnd | undefined> {
    const [row] = await this.tx.query<{ ending: AttemptEnd }>(
      'select ending from attempt_ends where payment_session_id = $1',
      [paymentSessionId],
    );
    return row?.ending;
  }

  async of(orderId: string): Promise<ReadonlySet<string>> {
    const rows = await this.tx.query<{ payment_session_id: string }>(
      `select payment_session_id from attempt_ends where order_id = $1
       union
       select payment_session_id from cases join case_history using (case_id)
       where order_id = $1 and action = 'resolved' and (resolution = any($2) or kind = any($3))`,
      [orderId, endsAttempt.words, endsAttempt.kinds],
    );
    return new Set(rows.map(({ payment_session_id: id }) => id));
  }
}
