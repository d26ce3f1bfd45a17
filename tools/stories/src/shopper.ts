import { type BankChoice, type OrderView, type PaymentSessionView } from '@kasir/contracts';
import { type Money } from '@kasir/kernel';
import { eventually } from '@kasir/testing';
import { type House } from './house.js';

export interface Chosen {
  readonly status: number;
  readonly session: PaymentSessionView;
}

/** A shopper's app: it has a token for one order, and asks the gateway like any other app. */
export class App {
  private constructor(
    private readonly house: House,
    private readonly orderId: string,
    private readonly token: string,
  ) {}

  /** @param more what its token says of the order besides */
  static async open(
    house: House,
    orderId: string,
    amount: Money,
    more: { readonly expiresAt?: string } = {},
  ): Promise<App> {
    const order = { id: orderId, amount, description: 'Two bags of coffee', ...more };
    return new App(house, orderId, await house.shop.sign({ order }, { exp: '60d' }));
  }

  /** Asks for a session and waits for what becomes of it now, which on a busy machine may take longer than the gateway waits. */
  async choose(bankChoice: BankChoice, key = 'first'): Promise<Chosen> {
    const chosen = await this.ask(bankChoice, key, 1);
    if (chosen.status !== 202) return chosen;
    await this.house.settle();
    return this.ask(bankChoice, key);
  }

  /** Asks for a session and does not wait, unless told for how many seconds; the same key is the same wish. */
  async ask(bankChoice: BankChoice, key = 'first', waitSeconds = 0): Promise<Chosen> {
    const prefer = `wait=${waitSeconds}`;
    const response = await this.call('POST', '/v1/payment-sessions', {
      headers: { 'content-type': 'application/json', 'idempotency-key': `${this.orderId}-${key}`, prefer },
      body: JSON.stringify({ bankChoice, terminal: { type: 'APP', os: 'IOS' } }),
    });
    return { status: response.status, session: (await response.json()) as PaymentSessionView };
  }

  async cancel(id: string): Promise<number> {
    return (await this.call('POST', `/v1/payment-sessions/${id}/cancel`)).status;
  }

  /** The buyer is back from the bank. */
  async returned(id: string): Promise<number> {
    return (await this.call('POST', `/v1/payment-sessions/${id}/returned`)).status;
  }

  async session(id: string): Promise<PaymentSessionView> {
    return (await (await this.call('GET', `/v1/payment-sessions/${id}`)).json()) as PaymentSessionView;
  }

  async order(): Promise<OrderView> {
    return (await (await this.call('GET', `/v1/orders/${this.orderId}`)).json()) as OrderView;
  }

  /** Repeats a request for which the gateway has no time now, as its answer asks for. */
  private call(method: string, path: string, more: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${this.token}`, ...more.headers };
    return eventually(async () => {
      const response = await fetch(this.house.gatewayUrl + path, { ...more, method, headers });
      if (response.status === 503) throw new Error(`the gateway cannot now: ${await response.text()}`);
      return response;
    });
  }
}
