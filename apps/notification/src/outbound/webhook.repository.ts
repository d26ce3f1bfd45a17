import { columns, type Tx } from '@kasir/messaging';
import { type ForeignItem, type KeptWebhook, type Webhooks } from '../application/webhook-ports.js';

export class WebhookRepository implements Webhooks {
  constructor(private readonly tx: Tx) {}

  async keep(kept: readonly KeptWebhook[]): Promise<void> {
    await this.tx.query(
      `insert into webhooks (received_at, method, path, headers, body, about, is_foreign)
       select * from unnest($1::timestamptz[], $2::text[], $3::text[], $4::jsonb[], $5::bytea[], $6::text[], $7::boolean[])`,
      columns(kept, ({ webhook: { receivedAt, method, path, headers, body }, about, foreign }) => [
        ...[receivedAt, method, path, JSON.stringify(headers), body, about, foreign],
      ]),
    );
  }

  foreign(limit: number): Promise<ForeignItem[]> {
    return this.tx.query<ForeignItem>(
      `select about, received_at as "receivedAt" from webhooks where is_foreign order by position desc limit $1`,
      [limit],
    );
  }
}
