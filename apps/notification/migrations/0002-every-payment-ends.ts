import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class EveryPaymentEnds1790000000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table watched_payments drop constraint watched_payments_status_check;
      alter table watched_payments add constraint watched_payments_status_check check (status in (
        'expected', 'watched', 'rejected', 'pending', 'failed', 'expired', 'mismatched', 'cancelled', 'succeeded'));
      alter table outcomes add column paid_at timestamptz;
      create index outcomes_of_payment on outcomes (payment_id)`);
    await db.query(`
      create sequence inquiry_leases;
      select setval('inquiry_leases', 1 + coalesce((select max(lease_version) from inquiries), 0));
      alter table inquiries
        alter column lease_version type bigint,
        add column leased_until timestamptz not null default '-infinity',
        add column hurries integer not null default 0,
        add column rumour_at timestamptz;
      create table open_questions (
        payment_request_id text        not null references watched_payments,
        payment_id         text        not null,
        kind               text        not null check (kind in ('old-news', 'after-cancel')),
        since              timestamptz not null,
        paid_at            timestamptz not null,
        primary key (payment_request_id, payment_id, kind)
      )`);
    await db.query(`
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
      );
      create table refund_inquiries (
        refund_request_id text        primary key references watched_refunds,
        due_at            timestamptz not null,
        asked             integer     not null,
        hurry_until       timestamptz,
        hurries           integer     not null default 0,
        lease_version     bigint      not null default 0,
        leased_until      timestamptz not null default '-infinity'
      );
      create index refund_inquiries_due on refund_inquiries (due_at)`);
    await db.query(`
      alter table waiting_news add column kept_at timestamptz not null default 'epoch';
      alter table waiting_news alter column kept_at drop default;
      create index waiting_news_by_age on waiting_news (kept_at);
      create table waiting_refund_news (
        position          bigint      generated always as identity primary key,
        refund_request_id text        not null references watched_refunds,
        news              jsonb       not null,
        kept_at           timestamptz not null
      );
      create index waiting_refund_news_of_refund on waiting_refund_news (refund_request_id);
      create index waiting_refund_news_by_age on waiting_refund_news (kept_at);
      alter table webhooks add column is_foreign boolean not null default false;
      create index webhooks_of_others on webhooks (position) where is_foreign`);
    await db.query(`
      alter table quarantine alter column body drop not null, add column sha256 bytea;
      update quarantine set sha256 = sha256(body);
      alter table quarantine alter column sha256 set not null;
      create index quarantine_without_body on quarantine (position) where body is null;
      create index quarantine_by_age on quarantine (received_at);
      create table quarantine_tally (
        only_one   boolean     primary key default true check (only_one),
        rows       integer     not null,
        bytes      bigint      not null,
        full_since timestamptz
      );
      insert into quarantine_tally (rows, bytes) select count(*), coalesce(sum(length(body)), 0) from quarantine`);
  }

  down(): Promise<never> {
    return Promise.reject(new Error('migrations only go forward: write a new one that undoes this'));
  }
}
