import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class CloseRefundAndKeepCases1790000000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Whatever stands in these tables follows from the events: no column tells when the database happened to hear them.
    await db.query(`
      alter table orders
        drop column created_at,
        drop constraint orders_status_check,
        drop constraint orders_check,
        add column seal jsonb,
        add constraint orders_status_check check (status in ('expected', 'open', 'closing', 'closed', 'paid')),
        add constraint orders_facts_check check (facts is not null or status <> 'open'),
        add constraint orders_seal_check check (seal is not null or status not in ('closing', 'closed'))`);
    await db.query(`alter table attempts add column category text`);
    await db.query(`
      create table attempt_ends (
        payment_session_id text primary key,
        order_id           text not null references orders,
        ending             text not null check (ending in ('expired', 'cancelled', 'never-existed'))
      )`);
    await db.query(`create index on attempt_ends (order_id)`);
    await db.query(`
      create table received_payments (
        payment_session_id text        not null,
        payment_id         text        not null,
        order_id           text        not null references orders,
        amount_value       numeric(30) not null check (amount_value >= 0),
        amount_currency    text        not null,
        paid_at            timestamptz not null,
        standing           text        not null,
        primary key (payment_session_id, payment_id)
      )`);
    await db.query(`create index on received_payments (paid_at)`);
    await db.query(`create unique index one_kept_payment on received_payments (order_id) where standing = 'kept'`);
    await db.query(`
      insert into received_payments
      select a.payment_session_id, o.paid_payment_id, o.id, a.amount_value, a.amount_currency, to_timestamp(0), 'kept'
      from orders o join attempts a on a.payment_session_id = o.paid_payment_session_id
      where o.status = 'paid'`);
    await db.query(`
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
      )`);
    await db.query(`create index on refunds (payment_session_id, payment_id)`);
    await db.query(`create index on refunds (refunded_at)`);
    await db.query(`
      create table waiting_refunds (
        refund_request_id  text  primary key,
        payment_session_id text  not null,
        payment_id         text  not null,
        refund             jsonb not null
      )`);
    await db.query(`create index on waiting_refunds (payment_session_id, payment_id)`);
    await this.#cases(db);
  }

  async #cases(db: QueryRunner): Promise<void> {
    await db.query(`
      create table cases (
        case_id            text        primary key,
        kind               text        not null,
        order_id           text,
        payment_session_id text        not null,
        payment_id         text        not null,
        evidence           jsonb       not null,
        since              timestamptz not null,
        due                timestamptz not null
      )`);
    await db.query(`create index on cases (since, case_id)`);
    await db.query(`create index on cases (order_id)`);
    // What people decided stands apart from what follows from the events, and outlives a rebuilding of the rest.
    await db.query(`
      create table case_history (
        number     bigint      generated always as identity primary key,
        case_id    text        not null,
        at         timestamptz not null,
        action     text        not null check (action in ('owned', 'noted', 'resolved')),
        acted_by   text        not null,
        owner      text        check ((owner is not null) = (action = 'owned')),
        resolution text        check ((resolution is not null) = (action = 'resolved')),
        reason     text        not null,
        unique (case_id, at, action, acted_by, reason)
      )`);
    await db.query(`create unique index one_resolution on case_history (case_id) where action = 'resolved'`);
    await db.query(`
      create table settled_rows (
        kind      text not null check (kind in ('payment', 'refund')),
        reference text not null,
        file      text not null,
        primary key (kind, reference)
      )`);
  }

  down(): Promise<never> {
    return Promise.reject(new Error('migrations only go forward: write a new one that undoes this'));
  }
}
