import { type Tx } from '@kasir/messaging';
import { type KeptWebhook, type Webhooks } from '../application/webhook-ports.js';

export class WebhookRepository implements Webhooks {
  constructor(private readonly tx: Tx) {}

  async keep(kept: readonly KeptWebhook[]): Promise<void> {
    const of = <T>(column: (one: KeptWebhook) => T): T[] => kept.map(column);
    await this.tx.query(
      `insert into webhooks (received_at, method, path, headers, body, about, is_foreign)
       select * from unnest($1::timestamptz[], $2::text[], $3::text[], $4::jsonb[], $5::bytea[], $6::text[], $7::boolean[])`,
      [
        of(({ webhook }) => webhook.receivedAt),
        of(({ webhook }) => webhook.method),
        of(({ webhook }) => webhook.path),
        of(({ webhook }) => JSON.stringify(webhook.headers)),
        of(({ webhook }) => webhook.body),
        of(({ about }) => about),
        of(({ foreign }) => foreign),
      ],
    );
  }
}
