import { type Tx } from '@kasir/messaging';
import { type Books } from '../application/ports.js';
import { type ReceivedPayment, type Refund } from '../domain/refund.js';
import { type Recorded, referenceOf, type SettledRow } from '../domain/settlement.js';
import { type ReceivedPaymentRow, toReceivedPayment } from './received-payment.repository.js';
import { type RefundRow, toRefund } from './refund.repository.js';

export class OwnBooks implements Books {
  constructor(private readonly tx: Tx) {}

  async recorded({ paymentSessionId, refundRequestId }: SettledRow): Promise<Recorded> {
    const payments = await this.tx.query<ReceivedPaymentRow>(
      'select * from received_payments where payment_session_id = $1 order by paid_at',
      [paymentSessionId],
    );
    const [refund] = await this.tx.query<RefundRow>(
      'select * from refunds where refund_request_id = $1 and payment_session_id = $2',
      [refundRequestId ?? null, paymentSessionId],
    );
    return { payments: payments.map(toReceivedPayment), refund: refund && toRefund(refund) };
  }

  async settled(row: SettledRow, file: string): Promise<void> {
    await this.tx.query('insert into settled_rows (kind, reference, file) values ($1, $2, $3) on conflict do nothing', [
      row.kind,
      referenceOf(row),
      file,
    ]);
  }

  async unsettled(from: Date, to: Date): Promise<readonly (ReceivedPayment | Refund)[]> {
    const payments = await this.tx.query<ReceivedPaymentRow>(
      `select * from received_payments p
       where paid_at >= $1 and paid_at < $2 and standing <> 'paid-after-cancel'
         and not exists (select from settled_rows s where s.kind = 'payment' and s.reference = p.payment_id)
       order by paid_at, payment_id`,
      [from, to],
    );
    const refunds = await this.tx.query<RefundRow>(
      `select r.* from refunds r
       where refunded_at >= $1 and refunded_at < $2
         and not exists (select from settled_rows s where s.kind = 'refund' and s.reference = r.refund_request_id)
       order by refunded_at, refund_request_id`,
      [from, to],
    );
    return [...payments.map(toReceivedPayment), ...refunds.map(toRefund)];
  }
}
