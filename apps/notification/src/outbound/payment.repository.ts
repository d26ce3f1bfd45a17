import { gathered, type Tx } from '@kasir/messaging';
import { type WatchedPayments } from '../application/ports.js';
import { type WatchedPayment } from '../domain/watched-payment.js';
import { type DueAt, InquiredRows, type InquiredTable } from './inquired-rows.js';

const table: InquiredTable<WatchedPayment> = {
  name: 'payments',
  key: 'paymentRequestId',
  types: {
    ...{ status: 'text', watch: 'jsonb', cancelStartedAt: 'timestamptz', isWatchedClosely: 'boolean' },
    ...{ hintedAt: 'timestamptz', pendingInquiries: 'jsonb', waiting: 'jsonb' },
  },
};

const byId = 'select * from payments where payment_request_id = $1';
const byPaymentId = `select * from payments where payment_request_id in (
  select payment_request_id from outcomes where payment_id = $1)`;
const ofOrders = 'select * from payments where order_id = any($1) and due_at is not null order by payment_request_id';

export class PaymentRepository extends InquiredRows<WatchedPayment> implements WatchedPayments {
  constructor(tx: Tx, dueAt: DueAt) {
    super(tx, table, dueAt);
  }

  async find(payment: { paymentRequestId: string } | { paymentId: string }): Promise<WatchedPayment | null> {
    const [known] =
      'paymentRequestId' in payment
        ? await this.read(byId, [payment.paymentRequestId])
        : await this.read(byPaymentId, [payment.paymentId]);
    return known ?? null;
  }

  ofOrder(orderId: string): Promise<WatchedPayment[]> {
    return this.read(`${ofOrders} for update`, [[orderId]]);
  }

  readonly freeOfOrder = gathered(async (orderIds: readonly string[]) => {
    const free = await this.read(`${ofOrders} for update skip locked`, [orderIds]);
    return orderIds.map((orderId) => free.filter(({ watch }) => watch?.orderId === orderId));
  });
}
