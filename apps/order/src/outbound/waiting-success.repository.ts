import { type Tx } from '@kasir/messaging';
import { type WaitingSuccesses } from '../application/ports.js';
import { type Success } from '../domain/order.js';

export class WaitingSuccessRepository implements WaitingSuccesses {
  constructor(private readonly tx: Tx) {}

  async keep(orderId: string, success: Success): Promise<void> {
    await this.tx.query('insert into waiting_successes values ($1, $2, $3, $4) on conflict do nothing', [
      success.paymentSessionId,
      success.paymentId,
      orderId,
      JSON.stringify(success),
    ]);
  }

  async take(paymentSessionId: string): Promise<Success[]> {
    const rows = await this.tx.query<{ success: Success }>(
      'delete from waiting_successes where payment_session_id = $1 returning success',
      [paymentSessionId],
    );
    return rows.map(({ success }) => success);
  }
}
