import { messagingTables } from '@kasir/messaging';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateCoffees1790000000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(messagingTables);
    await db.query(`
      create table coffees (
        order_id    text        primary key,
        description text        not null,
        paid_at     timestamptz not null,
        payment_id  text        not null,
        stopped_by  text
      )`);
    await db.query(`
      create table closed_orders (
        order_id text primary key,
        cause    text not null
      )`);
  }

  down(): Promise<never> {
    return Promise.reject(new Error('migrations only go forward: write a new one that undoes this'));
  }
}
