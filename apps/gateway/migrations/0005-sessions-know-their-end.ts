import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class SessionsKnowTheirEnd1790000000005 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('alter table payment_sessions add ends_at timestamptz');
  }

  down(): Promise<never> {
    return Promise.reject(new Error('migrations only go forward: write a new one that undoes this'));
  }
}
