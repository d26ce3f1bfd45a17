import { type Tx } from '@kasir/messaging';
import { type Outcomes } from '../application/ports.js';
import { type PaymentNews, type Verdict } from '../domain/watched-payment.js';

export class OutcomeRepository implements Outcomes {
  constructor(private readonly tx: Tx) {}

  async claim({ paymentRequestId, paymentId }: PaymentNews, verdict: Verdict): Promise<boolean> {
    const claimed = await this.tx.query(
      'insert into outcomes values ($1, $2, $3) on conflict do nothing returning verdict',
      [paymentRequestId, paymentId, verdict],
    );
    return claimed.length > 0;
  }
}
