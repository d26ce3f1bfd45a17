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

// The id is derived from the request, so that it is the claim of its idempotency key, too.
const sessions = `
  create table payment_sessions (
    id                     text        primary key,
    order_id               text        not null,
    fingerprint            text        not null,
    status                 text        not null check (status in ('requested', 'created', 'rejected', 'pending', 'failed',
                                                                  'under_review', 'expired', 'cancelled', 'succeeded', 'returned')),
    amount_value           bigint      not null check (amount_value > 0),
    amount_currency        text        not null,
    bank_choice            json        not null,
    encrypted_session_data text,
    session_expires_at     timestamptz,
    ends_at                timestamptz,
    rejection              json        check (rejection is not null or status <> 'rejected'),
    failure                json        check (failure is not null or status <> 'failed'),
    cancel_requested_at    timestamptz,
    cancel_answer          text        check (cancel_answer in ('cancelled', 'refused', 'unanswered', 'impossible')),
    cancel_reason          text,
    paid_at                timestamptz check (paid_at is not null or status <> 'succeeded'),
    returned_at            timestamptz,
    created_at             timestamptz not null,
    not_after              timestamptz not null,
    check ((encrypted_session_data is null) = (session_expires_at is null)),
    check ((encrypted_session_data is null) = (ends_at is null))
  );
  create index on payment_sessions (not_after) where status = 'requested'`;

// What is sealed or closed before its first payment session has no facts yet. Facts are provisional until an attempt of
// the order was admitted.
const orders = `
  create table orders (
    id                 text        primary key,
    status             text        not null check (status in ('open', 'closing', 'closed', 'paid', 'returned')),
    provisional        boolean     not null default true,
    amount_value       bigint      check (amount_value > 0),
    amount_currency    text,
    description        text,
    paid_at            timestamptz,
    paid_by            text,
    refunded_value     bigint      check (refunded_value >= 0),
    refunded_currency  text,
    open_cases         integer     not null default 0 check (open_cases >= 0),
    close_requested_at timestamptz,
    check ((amount_value is null) = (amount_currency is null) and (amount_value is null) = (description is null)),
    check ((status = 'paid') = (paid_at is not null and paid_by is not null)),
    check ((refunded_value is null) = (refunded_currency is null))
  )`;

const payments = `
  create table payments (
    payment_session_id text   not null,
    payment_id         text   not null,
    number             bigint not null generated always as identity,
    order_id           text   not null,
    received_value     bigint not null check (received_value > 0),
    received_currency  text   not null,
    primary key (payment_session_id, payment_id)
  );
  create index on payments (order_id)`;

// A return has no fingerprint: it was not asked for here.
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
    fingerprint        text        check ((fingerprint is null) = (requested_by is null)),
    status             text        not null check (status in ('requested', 'started', 'rejected', 'succeeded', 'failed')),
    obstacle           json        check (obstacle is not null or status not in ('rejected', 'failed')),
    refunded_at        timestamptz check (refunded_at is not null or status <> 'succeeded'),
    created_at         timestamptz not null
  );
  create index on refunds (payment_session_id)`;
