import { type Tx } from '@kasir/messaging';
import { type WaitingNews } from '../application/ports.js';
import { type PaymentNews } from '../domain/watched-payment.js';

export class WaitingNewsRepository implements WaitingNews {
  constructor(private readonly tx: Tx) {}

  async keep(news: PaymentNews): Promise<void> {
    await this.tx.query('insert into waiting_news (payment_request_id, news) values ($1, $2)', [
      news.paymentRequestId,
      JSON.stringify(news),
    ]);
  }

  async take(paymentRequestId: string): Promise<PaymentNews[]> {
    const rows = await this.tx.query<{ position: string; news: PaymentNews }>(
      'delete from waiting_news where payment_request_id = $1 returning position, news',
      [paymentRequestId],
    );
    return rows.sort((a, b) => Number(BigInt(a.position) - BigInt(b.position))).map(({ news }) => news);
  }
}
