import { type Tx } from '@kasir/messaging';
import { type ReceivedWebhook, type Webhooks } from '../application/ports.js';

export class WebhookRepository implements Webhooks {
  constructor(private readonly tx: Tx) {}

  keep(webhook: ReceivedWebhook, about: string): Promise<void> {
    return this.insert('webhooks', 'about', webhook, about);
  }

  quarantine(webhook: ReceivedWebhook, reason: string): Promise<void> {
    return this.insert('quarantine', 'reason', webhook, reason);
  }

  private async insert(
    table: 'webhooks' | 'quarantine',
    column: 'about' | 'reason',
    { receivedAt, method, path, headers, body }: ReceivedWebhook,
    text: string,
  ): Promise<void> {
    await this.tx.query(
      `insert into ${table} (received_at, method, path, headers, body, ${column}) values ($1, $2, $3, $4, $5, $6)`,
      [receivedAt, method, path, JSON.stringify(headers), body, text],
    );
  }
}
