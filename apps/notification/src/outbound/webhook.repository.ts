import { type Tx } from '@kasir/messaging';
import { type ReceivedWebhook, type Webhooks } from '../application/webhook-ports.js';

export class WebhookRepository implements Webhooks {
  constructor(private readonly tx: Tx) {}

  async keep(
    { receivedAt, method, path, headers, body }: ReceivedWebhook,
    about: string,
    foreign: boolean,
  ): Promise<void> {
    await this.tx.query(
      `insert into webhooks (received_at, method, path, headers, body, about, is_foreign)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [receivedAt, method, path, JSON.stringify(headers), body, about, foreign],
    );
  }
}
