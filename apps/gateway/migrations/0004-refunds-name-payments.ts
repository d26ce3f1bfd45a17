import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class RefundsNamePayments1790000000004 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table payments (
        payment_session_id text   not null,
        payment_id         text   not null,
        number             bigint not null generated always as identity,
        order_id           text   not null,
        amount_value       bigint not null check (amount_value > 0),
        amount_currency    text   not null,
        primary key (payment_session_id, payment_id)
      )`);
    await db.query('create index on payments (order_id)');
    await db.query('alter table refunds add payment_id text');
  }

  down(): Promise<never> {
    return Promise.reject(new Error('migrations only go forward: write a new one that undoes this'));
  }
}
