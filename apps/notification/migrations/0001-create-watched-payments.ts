import { messagingTables } from '@kasir/messaging';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateWatchedPayments1790000000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(messagingTables);
    await db.query(`
      create table watched_payments (
        payment_request_id text primary key,
        status             text not null
          check (status in ('expected', 'watched', 'pending', 'failed', 'expired', 'mismatched', 'succeeded')),
        order_id           text,
        payment_session_id text,
        amount_value       bigint check (amount_value > 0),
        amount_currency    text,
        ends_at            timestamptz,
        announced_by       text,
        traceparent        text,
        check ((status = 'expected') = (order_id is null))
      )`);
    await db.query(`
      create table outcomes (
        payment_request_id text not null references watched_payments,
        payment_id         text not null,
        verdict            text not null,
        primary key (payment_request_id, payment_id, verdict)
      )`);
    await db.query(`
      create table inquiries (
        payment_request_id text        primary key references watched_payments,
        due_at             timestamptz not null,
        asked              integer     not null,
        hurry_until        timestamptz,
        lease_version      integer     not null default 0
      )`);
    await db.query('create index inquiries_due on inquiries (due_at)');
    await db.query(`
      create table waiting_news (
        position           bigint generated always as identity primary key,
        payment_request_id text   not null references watched_payments,
        news               jsonb  not null
      )`);
    await db.query('create index waiting_news_of_payment on waiting_news (payment_request_id)');
    await db.query(`
      create table webhooks (
        position    bigint      generated always as identity primary key,
        received_at timestamptz not null,
        method      text        not null,
        path        text        not null,
        headers     jsonb       not null,
        body        bytea       not null,
        about       text        not null
      )`);
    await db.query(`
      create table quarantine (
        position    bigint      generated always as identity primary key,
        received_at timestamptz not null,
        method      text        not null,
        path        text        not null,
        headers     jsonb       not null,
        body        bytea       not null,
        reason      text        not null
      )`);
  }

  down(): Promise<never> {
    return Promise.reject(new Error('migrations only go forward: write a new one that undoes this'));
  }
}
