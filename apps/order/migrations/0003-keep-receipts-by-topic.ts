import { receiptsByTopic } from '@kasir/messaging';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class KeepReceiptsByTopic1790000000003 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(receiptsByTopic);
  }

  down(): Promise<never> {
    return Promise.reject(new Error('migrations only go forward: write a new one that undoes this'));
  }
}
