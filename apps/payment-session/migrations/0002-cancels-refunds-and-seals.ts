import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class CancelsRefundsAndSeals1790000000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await orders(db);
    await attempts(db);
    await cancels(db);
    await refunds(db);
  }

  down(): Promise<never> {
    return Promise.reject(new Error('migrations only go forward: write a new one that undoes this'));
  }
}

async function orders(db: QueryRunner): Promise<void> {
  await db.query(`
    alter table orders
      add column status        text        not null default 'open'
                                           check (status in ('open', 'under-review', 'sealed', 'paid')),
      add column seals_at      timestamptz,
      add column next_try_at   timestamptz,
      add column lease_version integer     not null default 0`);
  await db.query(`
    update orders set status = 'paid'
    where exists (select 1 from attempts where order_id = orders.id and attempts.status = 'succeeded')`);
  await db.query(`
    update orders set seals_at = latest.expires_at, next_try_at = case when status = 'open' then latest.expires_at end
    from (select order_id, max((order_facts->>'expiresAt')::timestamptz) as expires_at from attempts group by order_id) latest
    where latest.order_id = orders.id`);
  await db.query(`create index orders_due on orders (next_try_at) where next_try_at is not null`);
}

async function attempts(db: QueryRunner): Promise<void> {
  await db.query(`alter table attempts drop constraint attempts_status_check`);
  await db.query(`
    alter table attempts
      add constraint attempts_status_check check (status in ('waiting', 'started', 'created', 'rejected', 'abandoned',
                                                             'superseded', 'cancelled', 'expired', 'succeeded')),
      add column stopped    boolean not null default false,
      add column used       boolean not null default false,
      add column announced  boolean not null default true,
      add column payment_id text`);
  await db.query(`drop index one_living_attempt`);
  await db.query(
    `create unique index one_living_attempt on attempts (order_id) where status in ('started', 'created') and not stopped`,
  );
  await db.query(`create unique index one_waiting_attempt on attempts (order_id) where status = 'waiting'`);
  await db.query(`drop index attempts_due`);
  await db.query(`create index attempts_due on attempts (next_try_at) where status in ('waiting', 'started')`);
}

const job = `
  status        text        not null,
  next_try_at   timestamptz,
  lease_version integer     not null default 0,
  tries         integer     not null default 0,
  caused_by     text,
  traceparent   text`;

async function cancels(db: QueryRunner): Promise<void> {
  await db.query(`
    create table cancels (
      payment_session_id text primary key references attempts,
      order_id           text not null references orders,
      cause              text not null,
      ${job},
      check (status in ('wanted', 'cancelled', 'refused', 'unanswered', 'impossible'))
    )`);
  await db.query(`create index cancels_of_order on cancels (order_id)`);
  await db.query(`create index cancels_due on cancels (next_try_at) where status = 'wanted'`);
}

async function refunds(db: QueryRunner): Promise<void> {
  await db.query(`
    create table refunds (
      refund_request_id       text   primary key,
      order_id                text   not null references orders,
      payment_session_id      text   not null,
      payment_id              text,
      amount_value            bigint not null check (amount_value > 0),
      amount_currency         text   not null,
      cause                   text   not null check (cause in ('requested', 'double', 'unasked')),
      reason                  text   not null,
      kept_payment_session_id text,
      request_path            text,
      request_body            text,
      ${job},
      check (status in ('considered', 'rejected', 'started', 'taken', 'refused', 'unanswered', 'succeeded', 'failed'))
    )`);
  await db.query(`create index refunds_of_attempt on refunds (payment_session_id)`);
  await db.query(`create index refunds_due on refunds (next_try_at) where status in ('considered', 'started')`);
}
