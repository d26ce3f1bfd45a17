import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class PaymentsAndReviews1790000000004 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table payments (
        payment_session_id text   not null,
        payment_id         text   not null,
        order_id           text   not null references orders,
        amount_value       bigint not null check (amount_value > 0),
        amount_currency    text   not null,
        primary key (payment_session_id, payment_id)
      )`);
    // Of earlier attempts only the first success was kept.
    await db.query(`
      insert into payments
      select payment_session_id, payment_id, order_id, amount_value, amount_currency from attempts
      where payment_id is not null`);
    // What is given back of a double is all of it.
    await db.query(`
      insert into payments
      select payment_session_id, payment_id, order_id, amount_value, amount_currency from refunds
      where cause = 'double'
      on conflict do nothing`);
    await db.query(`
      create table reviews (
        payment_session_id text not null,
        payment_id         text not null,
        order_id           text not null references orders,
        status             text not null check (status in ('open', 'cleared', 'upheld')),
        primary key (payment_session_id, payment_id)
      )`);
    await db.query(`create index reviews_of_order on reviews (order_id)`);
  }

  down(): Promise<never> {
    return Promise.reject(new Error('migrations only go forward: write a new one that undoes this'));
  }
}
