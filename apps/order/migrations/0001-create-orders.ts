import { messagingTables } from '@kasir/messaging';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateOrders1790000000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statements of [messagingTables, orders, receivedPayments, refunds, cases, caseHistory, settledRows])
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
    status                  text  not null check (status in ('open', 'closing', 'closed', 'paid')),
    facts                   jsonb check (facts is not null or status <> 'paid'),
    paid_payment_session_id text,
    paid_payment_id         text,
    seal                    jsonb check (seal is not null or status <> 'closing'),
    check ((status = 'paid') = (paid_payment_id is not null)),
    check ((paid_payment_session_id is null) = (paid_payment_id is null))
  )`;

const receivedPayments = `
  create table received_payments (
    payment_session_id text        not null,
    payment_id         text        not null,
    order_id           text        not null references orders,
    amount_value       numeric(30) not null check (amount_value >= 0),
    amount_currency    text        not null,
    paid_at            timestamptz not null,
    standing           text        not null,
    primary key (payment_session_id, payment_id)
  );
  create index on received_payments (paid_at);
  create unique index one_kept_payment on received_payments (order_id) where standing = 'kept'`;

const refunds = `
  create table refunds (
    refund_request_id  text        primary key,
    order_id           text        not null references orders,
    payment_session_id text        not null,
    payment_id         text        not null,
    amount_value       bigint      not null check (amount_value > 0),
    amount_currency    text        not null,
    refunded_at        timestamptz not null,
    origin             text        not null,
    heard_at           timestamptz not null
  );
  create index on refunds (payment_session_id, payment_id);
  create index on refunds (refunded_at);
  create table waiting_refunds (
    refund_request_id  text  primary key,
    payment_session_id text  not null,
    payment_id         text  not null,
    refund             jsonb not null
  );
  create index on waiting_refunds (payment_session_id, payment_id)`;

const cases = `
  create table cases (
    case_id            text        primary key,
    kind               text        not null,
    order_id           text,
    payment_session_id text        not null,
    payment_id         text        not null,
    evidence           jsonb       not null,
    since              timestamptz not null,
    due                timestamptz not null
  );
  create index on cases (since, case_id);
  create index on cases (order_id)`;

// What people decided stands apart from what follows from the events, and outlives a rebuilding of the rest.
const caseHistory = `
  create table case_history (
    number     bigint      generated always as identity primary key,
    case_id    text        not null,
    at         timestamptz not null,
    action     text        not null check (action in ('owned', 'resolved')),
    acted_by   text        not null,
    owner      text        check ((owner is not null) = (action = 'owned')),
    resolution text        check ((resolution is not null) = (action = 'resolved')),
    reason     text        not null,
    unique (case_id, at, action, acted_by, reason)
  );
  create unique index one_resolution on case_history (case_id) where action = 'resolved'`;

const settledRows = `
  create table settled_rows (
    kind      text not null check (kind in ('payment', 'refund')),
    reference text not null,
    file      text not null,
    primary key (kind, reference)
  )`;
