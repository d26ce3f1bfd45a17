import { messagingTables } from '@kasir/messaging';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateWatchedPayments1790000000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statements of [messagingTables, payments, refunds, inquiries, waiting, webhooks, quarantine])
      await db.query(statements);
  }

  down(): Promise<never> {
    return Promise.reject(new Error('migrations only go forward: write a new one that undoes this'));
  }
}

const payments = `
  create table watched_payments (
    payment_request_id text primary key,
    status             text not null check (status in (
      'expected', 'watched', 'rejected', 'pending', 'failed', 'expired', 'mismatched', 'cancelled', 'succeeded')),
    order_id           text,
    payment_session_id text,
    order_facts        jsonb,
    amount_value       bigint check (amount_value > 0),
    amount_currency    text,
    ends_at            timestamptz,
    announced_by       text,
    traceparent        text,
    check ((status = 'expected') = (order_id is null)),
    check ((status = 'expected') = (order_facts is null))
  );
  create table outcomes (
    payment_request_id text not null references watched_payments,
    payment_id         text not null,
    verdict            text not null,
    paid_at            timestamptz,
    primary key (payment_request_id, payment_id, verdict)
  );
  create index outcomes_of_payment on outcomes (payment_id);
  create table open_questions (
    payment_request_id text        not null references watched_payments,
    payment_id         text        not null,
    kind               text        not null check (kind in ('old-news', 'after-cancel')),
    since              timestamptz not null,
    paid_at            timestamptz not null,
    primary key (payment_request_id, payment_id, kind)
  )`;

const refunds = `
  create table watched_refunds (
    refund_request_id  text primary key,
    status             text not null
      check (status in ('expected', 'watched', 'refused', 'failed', 'mismatched', 'succeeded')),
    payment_request_id text,
    watch              jsonb,
    refusal            jsonb,
    check ((status = 'expected') = (watch is null))
  );
  create index watched_refunds_of_payment on watched_refunds (payment_request_id);
  create table refund_outcomes (
    refund_request_id text not null references watched_refunds,
    verdict           text not null,
    primary key (refund_request_id, verdict)
  )`;

const plan = `
    due_at        timestamptz not null,
    asked         integer     not null,
    hurry_until   timestamptz,
    hurries       integer     not null default 0,
    lease_version bigint      not null default 0,
    leased_until  timestamptz not null default '-infinity'`;

const inquiries = `
  create sequence inquiry_leases;
  create table inquiries (
    payment_request_id text primary key references watched_payments,
    ${plan},
    rumour_at timestamptz
  );
  create index inquiries_due on inquiries (due_at);
  create table refund_inquiries (
    refund_request_id text primary key references watched_refunds,
    ${plan}
  );
  create index refund_inquiries_due on refund_inquiries (due_at)`;

const waiting = `
  create table waiting_news (
    position           bigint      generated always as identity primary key,
    payment_request_id text        not null references watched_payments,
    news               jsonb       not null,
    kept_at            timestamptz not null
  );
  create index waiting_news_of_payment on waiting_news (payment_request_id);
  create index waiting_news_by_age on waiting_news (kept_at);
  create table waiting_refund_news (
    position          bigint      generated always as identity primary key,
    refund_request_id text        not null references watched_refunds,
    news              jsonb       not null,
    kept_at           timestamptz not null
  );
  create index waiting_refund_news_of_refund on waiting_refund_news (refund_request_id);
  create index waiting_refund_news_by_age on waiting_refund_news (kept_at)`;

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

const quarantine = `
  create table quarantine (
    ${received},
    body   bytea,
    sha256 bytea not null,
    reason text  not null
  );
  create index quarantine_without_body on quarantine (position) where body is null;
  create index quarantine_by_age on quarantine (received_at);
  create table quarantine_tally (
    only_one   boolean     primary key default true check (only_one),
    rows       integer     not null,
    bytes      bigint      not null,
    full_since timestamptz
  );
  insert into quarantine_tally (rows, bytes) values (0, 0)`;
