import { type Tx } from '@kasir/messaging';
import { type Waiting } from '../application/ports.js';
import { type Payment } from '../domain/order.js';
import { type Refund } from '../domain/refund.js';

export class WaitingRepository implements Waiting {
  constructor(private readonly tx: Tx) {}

  async keepRefund(refund: Refund): Promise<void> {
    await this.tx.query('insert into waiting_refunds values ($1, $2, $3, $4) on conflict do nothing', [
      refund.refundRequestId,
      refund.paymentSessionId,
      refund.paymentId,
      JSON.stringify(refund),
    ]);
  }

  async takeRefunds({ paymentSessionId, paymentId }: Payment): Promise<Refund[]> {
    const rows = await this.tx.query<{ refund: Refund }>(
      'delete from waiting_refunds where payment_session_id = $1 and payment_id = $2 returning refund',
      [paymentSessionId, paymentId],
    );
    return inOrder(rows.map(({ refund }) => refund));
  }

  async count(): Promise<number> {
    const [row] = await this.tx.query<{ total: number }>('select count(*)::int as total from waiting_refunds');
    return row?.total ?? 0;
  }
}

/** As they were published, whatever order the database finds them in. */
const inOrder = (refunds: Refund[]): Refund[] => refunds.sort((a, b) => a.heardAt.localeCompare(b.heardAt));
