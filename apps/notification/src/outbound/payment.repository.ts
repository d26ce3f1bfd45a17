import { type OrderFacts } from '@kasir/contracts';
import { gathered, type Tx } from '@kasir/messaging';
import { type WatchedPayments } from '../application/ports.js';
import { type PaymentStatus } from '../domain/payment-transitions.js';
import { type Watch, type WatchedPayment } from '../domain/watched-payment.js';
import { type DueAt, InquiredRows, type InquiredTable, json } from './inquired-rows.js';

interface Row {
  payment_request_id: string;
  status: PaymentStatus;
  order_id: string | null;
  order_facts: OrderFacts;
  amount_value: string;
  amount_currency: string;
  session_expires_at: Date;
  ends_at: Date;
  announced_by: string;
  traceparent: string | null;
  cancel_started_at: Date | null;
  is_watched_closely: boolean;
  hinted_at: Date | null;
  pending_inquiries: WatchedPayment['pending'];
  waiting: WatchedPayment['unmatched'];
}

const table: InquiredTable<Row, WatchedPayment> = {
  name: 'payments',
  key: 'payment_request_id',
  keyOf: ({ paymentRequestId }) => paymentRequestId,
  types: {
    ...{ status: 'text', order_id: 'text', order_facts: 'jsonb', amount_value: 'bigint', amount_currency: 'text' },
    ...{ session_expires_at: 'timestamptz', ends_at: 'timestamptz', announced_by: 'text', traceparent: 'text' },
    ...{ cancel_started_at: 'timestamptz', is_watched_closely: 'boolean', hinted_at: 'timestamptz' },
    ...{ pending_inquiries: 'jsonb', waiting: 'jsonb' },
  },
  cellsOf: ({ status, watch, cancelStartedAt, isWatchedClosely, hintedAt, pending, unmatched }) => [
    ...[status, watch?.orderId, json(watch?.order), watch?.amount.value, watch?.amount.currency],
    ...[watch?.sessionExpiresAt, watch?.endsAt, watch?.announcedBy.id, watch?.announcedBy.traceparent],
    ...[cancelStartedAt, isWatchedClosely, hintedAt, json(pending), json(unmatched)],
  ],
  read: (row, inquired) => ({
    ...inquired,
    paymentRequestId: row.payment_request_id,
    status: row.status,
    watch: row.order_id === null ? null : toWatch(row.order_id, row),
    cancelStartedAt: row.cancel_started_at,
    isWatchedClosely: row.is_watched_closely,
    hintedAt: row.hinted_at,
    pending: row.pending_inquiries,
    unmatched: row.waiting,
  }),
};

const toWatch = (orderId: string, row: Row): Watch => ({
  orderId,
  order: row.order_facts,
  amount: { value: row.amount_value, currency: row.amount_currency },
  sessionExpiresAt: row.session_expires_at,
  endsAt: row.ends_at,
  announcedBy: { id: row.announced_by, traceparent: row.traceparent ?? undefined },
});

const ofOrders = 'select * from payments where order_id = any($1) and due_at is not null order by payment_request_id';
const byPaymentId = `select * from payments where payment_request_id in (
  select payment_request_id from outcomes where payment_id = $1)`;

export class PaymentRepository extends InquiredRows<Row, WatchedPayment> implements WatchedPayments {
  constructor(tx: Tx, dueAt: DueAt) {
    super(tx, table, dueAt);
  }

  async find(payment: { paymentRequestId: string } | { paymentId: string }): Promise<WatchedPayment | null> {
    const [known] =
      'paymentRequestId' in payment
        ? await this.read('select * from payments where payment_request_id = $1', [payment.paymentRequestId])
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
