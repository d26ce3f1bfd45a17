import { messagingTables } from '@kasir/messaging';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

// Texts that come from outside are json, not jsonb, which refuses some of what JSON allows.
export class CreatePaymentSessions1790000000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statements of [messagingTables, sessions, orders, payments, refunds]) await db.query(statements);
  }

  down(): Promise<never> {
    return Promise.reject(new Error('migrations only go forward: write a new one that undoes this'));
  }
}

const sessions = `
  create table payment_sessions (
    id                 text        primary key,
    order_id           text        not null,
    status             text        not null check (status in ('requested', 'created', 'rejected', 'pending', 'failed',
                                                              'mismatched', 'expired', 'cancelled', 'succeeded')),
    amount_value       bigint      not null check (amount_value > 0),
    amount_currency    text        not null,
    bank_choice        json        not null,
    sealed_data        text,
    session_expires_at timestamptz,
    ends_at            timestamptz,
    rejection          json        check (rejection is not null or status <> 'rejected'),
    failure            json        check (failure is not null or status <> 'failed'),
    cancel_status      text        not null default 'none' check (cancel_status in (
                                     'none', 'requested', 'cancelled', 'refused', 'unanswered', 'impossible')),
    cancel_reason      text,
    paid_at            timestamptz check (paid_at is not null or status <> 'succeeded'),
    returned_at        timestamptz,
    created_at         timestamptz not null,
    check ((sealed_data is null) = (session_expires_at is null)),
    check ((sealed_data is null) = (ends_at is null))
  );
  create table idempotency_keys (
    order_id           text        not null,
    key                text        not null,
    request_hash       bytea       not null,
    payment_session_id text        not null unique references payment_sessions deferrable initially deferred,
    created_at         timestamptz not null,
    primary key (order_id, key)
  )`;

// What is sealed or closed before its first payment session has no facts yet. Facts are provisional until an attempt of
// the order was admitted.
const orders = `
  create table orders (
    id                 text        primary key,
    status             text        not null check (status in ('expected', 'open', 'closing', 'closed', 'paid')),
    provisional        boolean     not null default true,
    amount_value       bigint      check (amount_value > 0),
    amount_currency    text,
    description        text,
    paid_at            timestamptz,
    paid_by            text,
    refunded_value     bigint      check (refunded_value >= 0),
    refunded_currency  text,
    close_requested_at timestamptz,
    check ((amount_value is null) = (amount_currency is null) and (amount_value is null) = (description is null)),
    check (amount_value is not null or (provisional and status in ('expected', 'closing', 'closed'))),
    check ((status = 'paid') = (paid_at is not null and paid_by is not null)),
    check ((refunded_value is null) = (refunded_currency is null))
  )`;

const payments = `
  create table payments (
    payment_session_id text   not null,
    payment_id         text   not null,
    number             bigint not null generated always as identity,
    order_id           text   not null,
    amount_value       bigint not null check (amount_value > 0),
    amount_currency    text   not null,
    primary key (payment_session_id, payment_id)
  );
  create index on payments (order_id)`;

const refunds = `
  create table refunds (
    id                 text        primary key,
    order_id           text        not null,
    payment_session_id text        not null,
    payment_id         text,
    amount_value       bigint      not null check (amount_value > 0),
    amount_currency    text        not null,
    reason             text        not null,
    requested_by       text,
    status             text        not null check (status in ('requested', 'started', 'rejected', 'succeeded', 'failed')),
    obstacle           json        check (obstacle is not null or status not in ('rejected', 'failed')),
    refunded_at        timestamptz check (refunded_at is not null or status <> 'succeeded'),
    created_at         timestamptz not null
  );
  create index on refunds (payment_session_id);
  create table refund_idempotency_keys (
    order_id     text        not null,
    key          text        not null,
    request_hash bytea       not null,
    refund_id    text        not null unique references refunds deferrable initially deferred,
    created_at   timestamptz not null,
    primary key (order_id, key)
  )`;
