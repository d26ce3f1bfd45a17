import { messagingTables } from '@kasir/messaging';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateOrders1790000000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statements of [messagingTables, orders, payments, refunds, cases, caseHistory, settledRows])
      await db.query(statements);
  }

  down(): Promise<never> {
    return Promise.reject(new Error('migrations only go forward: write a new one that undoes this'));
  }
}

// Whatever stands in these tables follows from the events: no column tells when the database happened to receive them.
const orders = `
  create table orders (
    id                      text  primary key,
    status                  text  not null check (status in ('open', 'closing', 'closed', 'paid', 'returned')),
    facts                   jsonb check (facts is not null or status <> 'paid'),
    paid_payment_session_id text,
    paid_payment_id         text,
    seal_cause              text,
    sealed_at               timestamptz check (sealed_at is not null or status <> 'closing'),
    closing_due_at          timestamptz,
    check ((status = 'paid') = (paid_payment_id is not null)),
    check ((paid_payment_session_id is null) = (paid_payment_id is null)),
    check ((seal_cause is null) = (sealed_at is null))
  );
  create index on orders (closing_due_at) where status = 'closing'`;

// A payment without money is one of which only a refund is known so far.
const payments = `
  create table payments (
    payment_session_id text   not null,
    payment_id         text   not null,
    order_id           text   not null references orders,
    received_value     bigint check (received_value >= 0),
    received_currency  text,
    paid_at            timestamptz,
    standing           text,
    given_back_value   bigint not null default 0,
    primary key (payment_session_id, payment_id),
    check (num_nulls(received_value, received_currency, paid_at, standing) in (0, 4))
  );
  create index on payments (paid_at);
  create index on payments (order_id) where standing = 'duplicate-payment';
  create unique index one_paying_payment on payments (order_id) where standing = 'paid'`;

const refunds = `
  create table refunds (
    id                 text   primary key,
    order_id           text   not null references orders,
    payment_session_id text   not null,
    payment_id         text,
    amount_value       bigint check (amount_value > 0),
    amount_currency    text,
    status             text   not null check (status in ('started', 'rejected', 'failed', 'succeeded')),
    origin             text   not null,
    at                 timestamptz,
    case_id            text,
    returned           jsonb,
    check (status <> 'succeeded' or num_nulls(payment_id, amount_value, amount_currency, at) = 0)
  );
  create index on refunds (payment_session_id, payment_id);
  create index on refunds (at)`;

const cases = `
  create table cases (
    case_id            text        primary key,
    kind               text        not null,
    status             text        not null check (status in ('open', 'refunding', 'resolved')),
    order_id           text,
    payment_session_id text,
    payment_id         text,
    evidence           jsonb       not null,
    since              timestamptz not null,
    due_at             timestamptz not null,
    openings           integer     not null,
    owner              text,
    refund_request_id  text        check (refund_request_id is not null or status <> 'refunding'),
    resolution         jsonb       check ((resolution is null) = (status = 'open'))
  );
  create index on cases (since, case_id);
  create index on cases (order_id);
  create index on cases (payment_session_id, payment_id) where status <> 'resolved';
  create index on cases (refund_request_id) where status = 'refunding'`;

// Insert-only: who did what about a case, and why.
const caseHistory = `
  create table case_history (
    number     bigint      generated always as identity primary key,
    case_id    text        not null,
    at         timestamptz not null,
    action     text        not null,
    acted_by   text        not null,
    owner      text,
    resolution text,
    reason     text        not null
  );
  create index on case_history (case_id, number)`;

const settledRows = `
  create table settled_rows (
    kind      text not null check (kind in ('payment', 'refund')),
    reference text not null,
    file      text not null,
    primary key (kind, reference)
  )`;
