import { type OrderFacts } from '@kasir/contracts';
import { columns, gathered, type Tx } from '@kasir/messaging';
import { type WatchedPayments } from '../application/ports.js';
import { type WatchedPayment } from '../domain/watched-payment.js';
import { type WatchStatus } from '../domain/watch-life.js';

interface Row {
  payment_request_id: string;
  status: WatchStatus;
  order_id: string | null;
  payment_session_id: string;
  order_facts: OrderFacts;
  amount_value: string;
  amount_currency: string;
  ends_at: Date;
  announced_by: string;
  traceparent: string | null;
}

const byId = 'select * from watched_payments where payment_request_id = $1';
const byPaymentId = `select * from watched_payments where payment_request_id in (
  select payment_request_id from outcomes where payment_id = $1)`;

export class WatchedPaymentRepository implements WatchedPayments {
  constructor(private readonly tx: Tx) {}

  readonly lock = gathered((ids: readonly string[]) => this.lockAll(ids));
  readonly save = gathered((payments: readonly WatchedPayment[]) => this.saveAll(payments));

  async find(payment: { paymentRequestId: string } | { paymentId: string }): Promise<WatchedPayment | null> {
    const [row] =
      'paymentRequestId' in payment
        ? await this.tx.query<Row>(byId, [payment.paymentRequestId])
        : await this.tx.query<Row>(byPaymentId, [payment.paymentId]);
    return row === undefined ? null : toPayment(row);
  }

  private async lockAll(ids: readonly string[]): Promise<WatchedPayment[]> {
    const known = await this.locked(ids);
    const unheard = ids.filter((id) => !known.has(id));
    if (unheard.length > 0) {
      await this.tx.query(
        `insert into watched_payments (payment_request_id, status)
         select id, 'expected' from unnest($1::text[]) as id order by id on conflict do nothing`,
        [unheard],
      );
      for (const [id, row] of await this.locked(unheard)) known.set(id, row);
    }
    return ids.map((id) => {
      const row = known.get(id);
      if (row === undefined) throw new Error(`payment ${id} vanished between two statements`);
      return toPayment(row);
    });
  }

  private async locked(ids: readonly string[]): Promise<Map<string, Row>> {
    const rows = await this.tx.query<Row>(
      'select * from watched_payments where payment_request_id = any($1) order by payment_request_id for update',
      [ids],
    );
    return new Map(rows.map((row) => [row.payment_request_id, row]));
  }

  private async saveAll(payments: readonly WatchedPayment[]): Promise<undefined> {
    await this.tx.query(
      `update watched_payments as known set status = now.status, order_id = now.order_id,
         payment_session_id = now.payment_session_id, order_facts = now.order_facts, amount_value = now.amount_value,
         amount_currency = now.amount_currency, ends_at = now.ends_at, announced_by = now.announced_by,
         traceparent = now.traceparent
       from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $6::bigint[], $7::text[],
         $8::timestamptz[], $9::text[], $10::text[]) as now (payment_request_id, status, order_id, payment_session_id,
         order_facts, amount_value, amount_currency, ends_at, announced_by, traceparent)
       where known.payment_request_id = now.payment_request_id`,
      columns(payments, ({ paymentRequestId, status, watch }) => [
        paymentRequestId,
        status,
        watch?.orderId,
        watch?.paymentSessionId,
        watch && JSON.stringify(watch.order),
        watch?.amount.value,
        watch?.amount.currency,
        watch?.endsAt,
        watch?.announcedBy.id,
        watch?.announcedBy.traceparent,
      ]),
    );
  }
}

const toPayment = (row: Row): WatchedPayment => ({
  paymentRequestId: row.payment_request_id,
  status: row.status,
  watch:
    row.order_id === null
      ? null
      : {
          orderId: row.order_id,
          paymentSessionId: row.payment_session_id,
          order: row.order_facts,
          amount: { value: row.amount_value, currency: row.amount_currency },
          endsAt: row.ends_at,
          announcedBy: { id: row.announced_by, traceparent: row.traceparent ?? undefined },
        },
});
