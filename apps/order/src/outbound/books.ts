import { type Tx } from '@kasir/messaging';
import { type Books } from '../application/ports.js';
import { type ReceivedPayment } from '../domain/payment.js';
import { type MoneyBack, wentBack } from '../domain/refund.js';
import { type Recorded, referenceOf, type SettledRow } from '../domain/settlement.js';
import { type ReceivedRow, toReceived } from './payment.repository.js';
import { type RefundRow, toRefund } from './refund.repository.js';

export class OwnBooks implements Books {
  constructor(private readonly tx: Tx) {}

  async recorded({ paymentSessionId, refundRequestId }: SettledRow): Promise<Recorded> {
    const payments = await this.tx.query<ReceivedRow>(
      'select * from payments where payment_session_id = $1 and received_value is not null order by paid_at',
      [paymentSessionId],
    );
    const refunds = await this.tx.query<RefundRow>(
      `select * from refunds where id = $1 and payment_session_id = $2 and status = 'succeeded'`,
      [refundRequestId ?? null, paymentSessionId],
    );
    return { payments: payments.map(toReceived), refund: refunds.map(toRefund).find(wentBack) };
  }

  async settled(row: SettledRow, file: string): Promise<void> {
    await this.tx.query('insert into settled_rows (kind, reference, file) values ($1, $2, $3) on conflict do nothing', [
      row.kind,
      referenceOf(row),
      file,
    ]);
  }

  async unsettled(from: Date, to: Date): Promise<readonly (ReceivedPayment | MoneyBack)[]> {
    const payments = await this.tx.query<ReceivedRow>(
      `select * from payments p
       where paid_at >= $1 and paid_at < $2 and standing <> 'after-cancel'
         and not exists (select from settled_rows s where s.kind = 'payment' and s.reference = p.payment_id)
       order by paid_at, payment_id`,
      [from, to],
    );
    const refunds = await this.tx.query<RefundRow>(
      `select r.* from refunds r
       where at >= $1 and at < $2 and status = 'succeeded' and origin <> 'outside'
         and not exists (select from settled_rows s where s.kind = 'refund' and s.reference = r.id)
       order by at, id`,
      [from, to],
    );
    return [...payments.map(toReceived), ...refunds.map(toRefund).filter(wentBack)];
  }
}
