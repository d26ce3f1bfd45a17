import { type PaymentSessionView } from '@kasir/contracts';
import { type Kasir } from '@kasir/local-kasir';
import { eventually } from '@kasir/testing';

/** The cappuccino of Antom's own guide, for an order of any id. */
export const cappuccino = (id: string) => ({
  id,
  amount: { value: '160', currency: 'THB' },
  description: "Cappuccino #grande (Mika's coffee shop)",
});

/** How long a shopper keeps trying while things around him are being killed, in milliseconds. */
const patienceMs = 90_000;

/** A shopper with an app that does what apps do: it repeats what failed, under the same key. */
export class Shopper {
  constructor(
    private readonly kasir: Kasir,
    private readonly orderId: string,
  ) {}

  /** Asks until there is a session that can be paid. */
  async openSession(): Promise<PaymentSessionView> {
    return eventually(async () => {
      const response = await fetch(`${this.kasir.gatewayUrl}/v1/payment-sessions`, {
        method: 'POST',
        headers: {
          ...(await this.authorization()),
          'content-type': 'application/json',
          'idempotency-key': `key-${this.orderId}`,
          prefer: 'wait=5',
        },
        body: JSON.stringify({
          bankChoice: { bankName: 'Siam Commerical Bank' },
          terminal: { type: 'APP', os: 'IOS' },
        }),
      });
      if (response.status !== 201) throw new Error(`${this.orderId}: ${response.status} ${await response.text()}`);
      return (await response.json()) as PaymentSessionView;
    }, patienceMs);
  }

  /** Pays at the bank, and repeats it where nobody answered: the bank charges once. */
  async pay({ id }: PaymentSessionView): Promise<void> {
    await eventually(async () => {
      const response = await fetch(`${this.kasir.simulatorUrl}/_sim/sessions/${id}/pay`, { method: 'POST' });
      if (!response.ok) throw new Error(`${id}: ${response.status} ${await response.text()}`);
    }, patienceMs);
  }

  /** Looks until the shop says that the order is paid. */
  async seePaid(): Promise<void> {
    await eventually(async () => {
      const headers = await this.authorization();
      const response = await fetch(`${this.kasir.gatewayUrl}/v1/orders/${this.orderId}`, { headers });
      const { status } = (await response.json()) as { status?: unknown };
      if (status !== 'paid') throw new Error(`${this.orderId} is ${String(status)}`);
    }, patienceMs);
  }

  private async authorization(): Promise<{ authorization: string }> {
    return { authorization: `Bearer ${await this.kasir.shop.sign({ order: cappuccino(this.orderId) })}` };
  }
}
