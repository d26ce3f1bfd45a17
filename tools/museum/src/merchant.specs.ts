import { createHash, randomBytes } from 'node:crypto';
import { type CreateRefundBody, type RefundView } from '@kasir/contracts';
import { type House } from '@kasir/stories';

/** A merchant's server, which has a secret key. */
export class Merchant {
  readonly #secret = `sk_${randomBytes(16).toString('hex')}`;

  /** For openHouse. */
  readonly env = { MERCHANT_KEYS: `back-office:${createHash('sha256').update(this.#secret).digest('hex')}` };

  async refund(
    { gatewayUrl }: House,
    orderId: string,
    key: string,
    body: CreateRefundBody,
    secret = this.#secret,
  ): Promise<{ status: number; refund: RefundView }> {
    const response = await fetch(`${gatewayUrl}/v1/orders/${orderId}/refunds`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${secret}`,
        'content-type': 'application/json',
        'idempotency-key': `${orderId}-${key}`,
      },
      body: JSON.stringify(body),
    });
    return { status: response.status, refund: (await response.json()) as RefundView };
  }

  async refundOf({ gatewayUrl }: House, id: string): Promise<RefundView> {
    const headers = { authorization: `Bearer ${this.#secret}` };
    return (await (await fetch(`${gatewayUrl}/v1/refunds/${id}`, { headers })).json()) as RefundView;
  }

  /** The beginning of the secret, and others that are almost it. */
  get almost(): readonly string[] {
    return [this.#secret.slice(0, -1), `${this.#secret}0`, this.#secret.slice(0, 4)];
  }
}
