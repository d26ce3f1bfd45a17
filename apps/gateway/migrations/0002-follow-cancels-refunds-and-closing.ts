import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class FollowCancelsRefundsAndClosing1790000000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table payment_sessions
        drop constraint payment_sessions_status_check,
        add check (status in ('requested', 'created', 'rejected', 'pending', 'failed', 'mismatched', 'expired',
          'cancelled', 'succeeded')),
        add cancel_status text not null default 'none' check (cancel_status in
          ('none', 'requested', 'cancelled', 'refused', 'unanswered', 'impossible')),
        add cancel_reason text`);
    // What is sealed or closed before it is opened has no amount yet.
    await db.query(`
      alter table orders
        drop constraint orders_status_check,
        add check (status in ('expected', 'open', 'closing', 'closed', 'paid')),
        alter amount_value drop not null,
        alter amount_currency drop not null,
        alter description drop not null,
        add refunded_value bigint check (refunded_value >= 0),
        add refunded_currency text,
        add close_requested_at timestamptz,
        add check ((amount_value is null) = (amount_currency is null)
          and (amount_value is null) = (description is null)),
        add check (amount_value is not null or status in ('expected', 'closing', 'closed')),
        add check ((refunded_value is null) = (refunded_currency is null))`);
    await db.query(`
      create table refunds (
        id                 text        primary key,
        order_id           text        not null,
        payment_session_id text        not null,
        amount_value       bigint      not null check (amount_value > 0),
        amount_currency    text        not null,
        reason             text        not null,
        requested_by       text,
        status             text        not null check (status in
          ('requested', 'started', 'rejected', 'succeeded', 'failed')),
        obstacle           json        check (obstacle is not null or status not in ('rejected', 'failed')),
        refunded_at        timestamptz check (refunded_at is not null or status <> 'succeeded'),
        created_at         timestamptz not null
      )`);
    await db.query('create index on refunds (payment_session_id)');
    await db.query(`
      create table refund_idempotency_keys (
        order_id     text        not null,
        key          text        not null,
        request_hash bytea       not null,
        refund_id    text        not null unique references refunds deferrable initially deferred,
        created_at   timestamptz not null,
        primary key (order_id, key)
      )`);
  }

  down(): Promise<never> {
    return Promise.reject(new Error('migrations only go forward: write a new one that undoes this'));
  }
}
