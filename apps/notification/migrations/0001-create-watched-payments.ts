import { messagingTables } from '@kasir/messaging';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateWatchedPayments1790000000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statements of [messagingTables, payments, refunds, webhooks, quarantine]) await db.query(statements);
  }

  down(): Promise<never> {
    return Promise.reject(new Error('migrations only go forward: write a new one that undoes this'));
  }
}

/** Of what is inquired about, and of what came before the event by which it can be judged. */
const inquired = `
    due_at        timestamptz,
    asked         integer     not null default 0,
    hurry_until   timestamptz,
    hurries       integer     not null default 0,
    lease_version integer     not null default 0,
    leased_until  timestamptz,
    waiting       jsonb       not null default '[]'`;

const payments = `
  create table payments (
    payment_request_id text primary key,
    status             text not null check (status in (
      'expected', 'watched', 'pending', 'failed', 'expired', 'under_review', 'cancelled', 'succeeded', 'returned')),
    watch              jsonb,
    order_id           text    generated always as (watch->>'orderId') stored,
    cancel_started_at  timestamptz,
    is_watched_closely boolean not null default false,
    hinted_at          timestamptz,
    pending_inquiries  jsonb   not null default '[]',
    ${inquired},
    check ((status = 'expected') = (order_id is null))
  );
  create index payments_due on payments (due_at) where due_at is not null;
  create index payments_of_order on payments (order_id) where due_at is not null;
  create index payments_waiting on payments (payment_request_id) where waiting <> '[]';
  create table outcomes (
    payment_request_id text not null references payments,
    payment_id         text not null,
    outcome            text not null,
    paid_at            timestamptz,
    received           jsonb,
    primary key (payment_request_id, payment_id, outcome)
  );
  create index outcomes_of_payment on outcomes (payment_id)`;

const refunds = `
  create table refunds (
    refund_request_id  text primary key,
    status             text not null
      check (status in ('expected', 'watched', 'under_review', 'failed', 'succeeded')),
    watch              jsonb,
    payment_request_id text  generated always as (watch->>'paymentRequestId') stored,
    refusal            jsonb,
    attention          jsonb not null default '[]',
    ${inquired},
    check ((status = 'expected') = (watch is null))
  );
  create index refunds_due on refunds (due_at) where due_at is not null;
  create index refunds_of_payment on refunds (payment_request_id);
  create index refunds_waiting on refunds (refund_request_id) where waiting <> '[]'`;

const received = `
    position    bigint      generated always as identity primary key,
    received_at timestamptz not null,
    method      text        not null,
    path        text        not null,
    headers     jsonb       not null`;

const webhooks = `
  create table webhooks (
    ${received},
    body       bytea   not null,
    about      text    not null,
    is_foreign boolean not null default false
  );
  create index webhooks_of_others on webhooks (position) where is_foreign`;

/** Its \`bytes\` are those of a body that is kept. */
const quarantine = `
  create table quarantine (
    ${received},
    body   bytea,
    bytes  integer,
    sha256 bytea not null,
    reason text  not null
  );
  create index quarantine_with_body on quarantine (bytes) where bytes is not null;
  create index quarantine_without_body on quarantine (position) where bytes is null;
  create index quarantine_by_age on quarantine (received_at)`;
