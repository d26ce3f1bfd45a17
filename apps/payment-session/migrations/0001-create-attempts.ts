import { messagingTables } from '@kasir/messaging';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateAttempts1790000000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statement of [messagingTables, orders, attempts, cancels, payments, refunds, reviews])
      await db.query(statement);
  }

  down(): Promise<never> {
    return Promise.reject(new Error('migrations only go forward: write a new one that undoes this'));
  }
}

const orders = `
  create table orders (
    id            text        primary key,
    status        text        not null default 'open' check (status in ('open', 'under-review', 'sealed', 'paid')),
    seals_at      timestamptz,
    drained_at    timestamptz,
    next_try_at   timestamptz,
    lease_version integer     not null default 0
  );
  create index orders_due on orders (next_try_at) where next_try_at is not null`;

const attempts = `
  create table attempts (
    payment_session_id text        primary key,
    order_id           text        not null references orders,
    order_facts        jsonb       not null,
    amount_value       bigint      not null check (amount_value > 0),
    amount_currency    text        not null,
    bank_choice        jsonb       not null,
    status             text        not null check (status in ('waiting', 'started', 'created', 'rejected', 'abandoned',
                                                              'superseded', 'cancelled', 'expired', 'succeeded')),
    stopped            boolean     not null default false,
    used               boolean     not null default false,
    payment_id         text,
    request_path       text        not null,
    request_body       text        not null,
    not_after          timestamptz not null,
    session_expires_at timestamptz not null,
    ends_at            timestamptz not null,
    next_try_at        timestamptz,
    lease_version      integer     not null default 0,
    tries              integer     not null default 0,
    caused_by          text        not null,
    traceparent        text
  );
  create unique index one_living_attempt on attempts (order_id) where status in ('started', 'created') and not stopped;
  create unique index one_waiting_attempt on attempts (order_id) where status = 'waiting';
  create index attempts_of_order on attempts (order_id);
  create index attempts_due on attempts (next_try_at) where status in ('waiting', 'started')`;

const job = `
    status        text        not null,
    next_try_at   timestamptz,
    lease_version integer     not null default 0,
    tries         integer     not null default 0,
    caused_by     text,
    traceparent   text`;

const cancels = `
  create table cancels (
    payment_session_id text primary key references attempts,
    order_id           text not null references orders,
    cause              text not null,
    ${job},
    check (status in ('wanted', 'cancelled', 'refused', 'unanswered', 'impossible'))
  );
  create index cancels_of_order on cancels (order_id);
  create index cancels_due on cancels (next_try_at) where status = 'wanted'`;

const payments = `
  create table payments (
    payment_session_id text   not null,
    payment_id         text   not null,
    order_id           text   not null references orders,
    amount_value       bigint not null check (amount_value > 0),
    amount_currency    text   not null,
    primary key (payment_session_id, payment_id)
  )`;

const refunds = `
  create table refunds (
    refund_request_id  text   primary key,
    order_id           text   not null references orders,
    payment_session_id text   not null,
    payment_id         text,
    amount_value       bigint not null check (amount_value > 0),
    amount_currency    text   not null,
    cause              text   not null check (cause in ('requested', 'unasked')),
    reason             text   not null,
    request_path       text,
    request_body       text,
    ${job},
    check (status in ('considered', 'rejected', 'started', 'taken', 'refused', 'unanswered', 'succeeded', 'failed'))
  );
  create index refunds_of_attempt on refunds (payment_session_id);
  create index refunds_due on refunds (next_try_at) where status in ('considered', 'started')`;

const reviews = `
  create table reviews (
    payment_session_id text not null,
    payment_id         text not null,
    order_id           text not null references orders,
    status             text not null check (status in ('open', 'cleared', 'upheld')),
    primary key (payment_session_id, payment_id)
  );
  create index reviews_of_order on reviews (order_id)`;
