import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class StopCoffees1790000000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table coffees add column stopped_by text`);
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
