import { messagingTables } from '@kasir/messaging';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateAttempts1790000000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(messagingTables);
    await db.query(`
      create table orders (
        id text primary key
      )`);
    await db.query(`
      create table attempts (
        payment_session_id text        primary key,
        order_id           text        not null references orders,
        order_facts        jsonb       not null,
        amount_value       bigint      not null check (amount_value > 0),
        amount_currency    text        not null,
        bank_choice        jsonb       not null,
        status             text        not null check (status in ('started', 'created', 'rejected', 'abandoned', 'expired', 'succeeded')),
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
      )`);
    await db.query(
      `create unique index one_living_attempt on attempts (order_id) where status in ('started', 'created')`,
    );
    await db.query(`create index attempts_of_order on attempts (order_id)`);
    await db.query(`create index attempts_due on attempts (next_try_at) where status = 'started'`);
  }

  down(): Promise<never> {
    return Promise.reject(new Error('migrations only go forward: write a new one that undoes this'));
  }
}
