import { type Tx } from '@kasir/messaging';
import { type Reviews } from '../application/ports.js';
import { type Review } from '../domain/review.js';

interface ReviewRow {
  payment_session_id: string;
  payment_id: string;
  order_id: string;
  status: Review['status'];
}

export class ReviewRepository implements Reviews {
  constructor(private readonly tx: Tx) {}

  async ofOrder(orderId: string): Promise<Review[]> {
    const rows = await this.tx.query<ReviewRow>('select * from reviews where order_id = $1', [orderId]);
    return rows.map(toReview);
  }

  async save({ paymentSessionId, paymentId, orderId, status }: Review): Promise<void> {
    await this.tx.query(
      `insert into reviews (payment_session_id, payment_id, order_id, status) values ($1, $2, $3, $4)
       on conflict (payment_session_id, payment_id) do update set status = excluded.status`,
      [paymentSessionId, paymentId, orderId, status],
    );
  }
}

const toReview = (row: ReviewRow): Review => ({
  orderId: row.order_id,
  paymentSessionId: row.payment_session_id,
  paymentId: row.payment_id,
  status: row.status,
});
