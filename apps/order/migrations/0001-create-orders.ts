import { messagingTables } from '@kasir/messaging';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateOrders1790000000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(messagingTables);
    await db.query(`
      create table orders (
        id                      text        primary key,
        status                  text        not null check (status in ('expected', 'open', 'paid')),
        facts                   jsonb       check (facts is not null or status = 'expected'),
        paid_payment_session_id text,
        paid_payment_id         text,
        created_at              timestamptz not null default now(),
        check ((status = 'paid') = (paid_payment_id is not null)),
        check ((paid_payment_session_id is null) = (paid_payment_id is null))
      )`);
    await db.query(`
      create table attempts (
        payment_session_id text   primary key,
        order_id           text   not null references orders,
        amount_value       bigint not null check (amount_value > 0),
        amount_currency    text   not null
      )`);
    await db.query(`
      create table waiting_successes (
        payment_session_id text  not null,
        payment_id         text  not null,
        order_id           text  not null references orders,
        success            jsonb not null,
        primary key (payment_session_id, payment_id)
      )`);
  }

  down(): Promise<never> {
    return Promise.reject(new Error('migrations only go forward: write a new one that undoes this'));
  }
}
