import { type Tx } from '@kasir/messaging';
import { type Waiting } from '../application/ports.js';
import { type Payment, type Success } from '../domain/order.js';
import { type Refund } from '../domain/refund.js';

export class WaitingRepository implements Waiting {
  constructor(private readonly tx: Tx) {}

  async keepSuccess(orderId: string, success: Success): Promise<void> {
    await this.tx.query('insert into waiting_successes values ($1, $2, $3, $4) on conflict do nothing', [
      success.paymentSessionId,
      success.paymentId,
      orderId,
      JSON.stringify(success),
    ]);
  }

  async takeSuccesses(paymentSessionId: string): Promise<Success[]> {
    const rows = await this.tx.query<{ success: Success }>(
      'delete from waiting_successes where payment_session_id = $1 returning success',
      [paymentSessionId],
    );
    return inOrder(rows.map(({ success }) => ({ ...success, heardAt: success.heardAt ?? success.paidAt })));
  }

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
    const [row] = await this.tx.query<{ total: number }>(
      `select ((select count(*) from waiting_successes) + (select count(*) from waiting_refunds))::int as total`,
    );
    return row?.total ?? 0;
  }
}

/** As they were said, whatever order the database finds them in. */
const inOrder = <News extends { readonly heardAt: string }>(news: News[]): News[] =>
  news.sort((a, b) => a.heardAt.localeCompare(b.heardAt));
