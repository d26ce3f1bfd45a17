import { messagingTables } from '@kasir/messaging';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateAttempts1790000000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statement of [messagingTables, orders, attempts, payments, refunds]) await db.query(statement);
  }

  down(): Promise<never> {
    return Promise.reject(new Error('migrations only go forward: write a new one that undoes this'));
  }
}

const orders = `
  create table orders (
    id            text        primary key,
    status        text        not null default 'open' check (status in ('open', 'sealed', 'paid')),
    under_review  integer     not null default 0 check (under_review >= 0),
    seals_at      timestamptz,
    drained_at    timestamptz,
    next_try_at   timestamptz,
    lease_version integer     not null default 0,
    tries         integer     not null default 0
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
    traceparent        text,
    cancel_cause         text,
    cancel_answer        text      check (cancel_answer in ('cancelled', 'refused', 'unanswered', 'impossible')),
    cancel_started_id    uuid,
    cancel_due_at        timestamptz,
    cancel_lease_version integer   not null default 0,
    cancel_round         integer   not null default 0,
    cancel_caused_by     text,
    cancel_traceparent   text
  );
  create unique index one_living_attempt on attempts (order_id)
    where status in ('started', 'created') and cancel_answer is distinct from 'cancelled';
  create unique index one_waiting_attempt on attempts (order_id) where status = 'waiting';
  create index attempts_of_order on attempts (order_id);
  create index attempts_due on attempts (next_try_at) where status in ('waiting', 'started');
  create index cancels_due on attempts (cancel_due_at) where cancel_due_at is not null`;

const payments = `
  create table payments (
    payment_session_id text   not null,
    payment_id         text   not null,
    order_id           text   not null references orders,
    standing           text   check (standing in ('paid', 'duplicate', 'under-review', 'settled')),
    received_value     text,
    received_currency  text,
    given_back         bigint not null default 0,
    primary key (payment_session_id, payment_id)
  );
  create index payments_of_order on payments (order_id)`;

const refunds = `
  create table refunds (
    refund_request_id  text        primary key,
    order_id           text        not null references orders,
    payment_session_id text        not null,
    payment_id         text,
    amount_value       bigint      not null check (amount_value > 0),
    amount_currency    text        not null,
    cause              text        not null check (cause in ('requested', 'case')),
    case_id            text,
    reason             text        not null,
    request_path       text,
    request_body       text,
    status             text        not null check (status in ('waiting', 'rejected', 'started', 'succeeded', 'failed')),
    hint               text        check (hint in ('succeeded', 'processing', 'refused', 'unanswered')),
    next_try_at        timestamptz,
    lease_version      integer     not null default 0,
    tries              integer     not null default 0,
    caused_by          text,
    traceparent        text
  );
  create index refunds_of_attempt on refunds (payment_session_id);
  create index refunds_due on refunds (next_try_at) where status in ('waiting', 'started') and hint is null`;
