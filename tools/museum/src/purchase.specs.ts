import { type BankChoice, orders, type PaymentSessionView, type TopicContract } from '@kasir/contracts';
import { type Money } from '@kasir/kernel';
import { App, type House } from '@kasir/stories';
import { eventually } from '@kasir/testing';

export const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];
export const bankApp: BankChoice = { category: 'MOBILE_BANKING_APP' };
export const onlineBanking: BankChoice = { category: 'ONLINE_BANKING' };
export const bankTransfer: BankChoice = { category: 'BANK_TRANSFER' };
/** A bank whose payments Antom can give back, which those of Thailand and Indonesia are not. */
export const refundableBank: BankChoice = { bankName: 'BPI' };

let sold = 0;
/** An amount that no other purchase has, so that a rule of the simulator means this one only. */
export const oneOfItsKind = (currency = 'THB'): Money => ({
  value: String((currency === 'IDR' ? 5_000_000 : 50_000) + 100 * sold++),
  currency,
});

interface Wish {
  readonly amount?: Money;
  /** How long the order may be paid; a day unless given. */
  readonly expiresInMs?: number;
}

/** One order of the museum: what its shopper does, and what everybody heard of it. */
export class Purchase {
  private constructor(
    readonly house: House,
    readonly orderId: string,
    readonly amount: Money,
    readonly app: App,
  ) {}

  static async begin(house: House, orderId: string, { amount = oneOfItsKind(), expiresInMs }: Wish = {}) {
    const ends =
      expiresInMs === undefined ? {} : { expiresAt: new Date(+house.clock.now() + expiresInMs).toISOString() };
    return new Purchase(house, orderId, amount, await App.open(house, orderId, amount, ends));
  }

  /** Opens a payment session that can be paid. @returns its id */
  async open(choice = bankApp, key?: string): Promise<string> {
    const { status, session } = await this.app.choose(choice, key);
    if (status === 202) await this.house.pass(second, second);
    await this.becomes(session.id, 'created');
    return session.id;
  }

  /** The buyer cancels, and Antom is asked to once CancelStarted is acknowledged. @returns the gateway's status */
  async cancel(id: string): Promise<number> {
    const status = await this.app.cancel(id);
    await this.house.settle();
    await this.house.pass(second, second);
    return status;
  }

  becomes(id: string, status: PaymentSessionView['status']): Promise<void> {
    return eventually(async () => expect((await this.app.session(id)).status).toBe(status));
  }

  async isPaidOnce(): Promise<void> {
    await this.house.settle();
    expect(this.of(orders, 'OrderPaid')).toHaveLength(1);
    expect((await this.app.order()).status).toBe('paid');
  }

  /** What was said of the order, in its order. */
  of(topic: TopicContract, type?: string): Record<string, unknown>[] {
    return this.house.bus
      .heard(topic)
      .filter((record) => record.key === this.orderId && (type === undefined || record.type === type))
      .map(({ data }) => data);
  }

  types(topic: TopicContract): string[] {
    return this.house.bus.heard(topic).flatMap(({ key, type }) => (key === this.orderId ? [type] : []));
  }

  /** The kinds of its cases. */
  get cases(): unknown[] {
    return this.of(orders, 'OrderNeedsAttention').map(({ kind }) => kind);
  }

  /** A person decides about its first case. */
  async decide(resolution: string): Promise<void> {
    const { caseId } = this.of(orders, 'OrderNeedsAttention')[0] ?? {};
    await this.house.operate('order', 'cases.resolve', { caseId, resolution, reason: 'the buyer called', by: 'mika' });
    await this.house.settle();
  }

  /** What moved, as Antom knows it: charges, and what went back with a minus. */
  get moved(): string[] {
    return this.house.antom
      .ledger()
      .filter(({ referenceOrderId }) => referenceOrderId === this.orderId)
      .map(({ kind, amount }) => (kind === 'refund' ? '-' : '') + amount.value);
  }
}
