import { messagingTables } from '@kasir/messaging';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

// Texts that come from outside are json, not jsonb, which refuses some of what JSON allows.
export class CreatePaymentSessions1790000000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(messagingTables);
    await db.query(`
      create table payment_sessions (
        id                 text        primary key,
        order_id           text        not null,
        status             text        not null check (status in
          ('requested', 'created', 'rejected', 'pending', 'failed', 'mismatched', 'expired', 'succeeded')),
        amount_value       bigint      not null check (amount_value > 0),
        amount_currency    text        not null,
        bank_choice        json        not null,
        sealed_data        text,
        session_expires_at timestamptz,
        rejection          json        check (rejection is not null or status <> 'rejected'),
        failure            json        check (failure is not null or status <> 'failed'),
        paid_at            timestamptz check (paid_at is not null or status <> 'succeeded'),
        returned_at        timestamptz,
        created_at         timestamptz not null,
        check ((sealed_data is null) = (session_expires_at is null))
      )`);
    await db.query(`
      create table idempotency_keys (
        order_id           text        not null,
        key                text        not null,
        request_hash       bytea       not null,
        payment_session_id text        not null unique references payment_sessions deferrable initially deferred,
        created_at         timestamptz not null,
        primary key (order_id, key)
      )`);
    await db.query(`
      create table orders (
        id              text        primary key,
        status          text        not null check (status in ('open', 'paid')),
        amount_value    bigint      not null check (amount_value > 0),
        amount_currency text        not null,
        description     text        not null,
        paid_at         timestamptz,
        paid_by         text,
        check ((status = 'paid') = (paid_at is not null and paid_by is not null))
      )`);
  }

  down(): Promise<never> {
    return Promise.reject(new Error('migrations only go forward: write a new one that undoes this'));
  }
}
