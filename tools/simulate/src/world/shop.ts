import {
  type AnyEvent,
  type BankChoice,
  orders,
  paymentSessions,
  resolutionsOf,
  sessionRequests,
} from '@kasir/contracts';
import { eventId } from '@kasir/messaging';
import { type Random } from '../random.js';
import { type Agenda } from './agenda.js';
import { type Bank } from './bank.js';
import { type Bus } from './bus.js';
import { type Post } from './post.js';

const minute = 60_000;
const hour = 60 * minute;

const choices: readonly BankChoice[] = [
  { category: 'MOBILE_BANKING_APP' },
  { category: 'ONLINE_BANKING' },
  { category: 'BANK_TRANSFER' },
];

interface Paid {
  readonly orderId: string;
  readonly paymentSessionId: string;
  readonly amount: { readonly value: string; readonly currency: string };
}

interface NewCase {
  readonly caseId: string;
  readonly kind: string;
  readonly orderId: string;
  readonly paymentSessionId: string;
  readonly paymentId?: string;
}

/** Where people decide about cases. */
export interface Desk {
  /** A decision that does not fit any more changes nothing. */
  decide(caseId: string, resolution: string): Promise<void>;
}

interface Order {
  readonly id: string;
  readonly amount: { readonly value: string; readonly currency: string };
  readonly expiresAt: string;
}

/** Shoppers and the merchant: who asks, pays, gives up, comes back, and changes their minds. */
export class Shop {
  /** Every payment session that was asked for. */
  readonly asked: string[] = [];
  #sequence = 0;

  constructor(
    private readonly world: { agenda: Agenda; random: Random; bus: Bus; bank: Bank; post: Post; desk: Desk },
  ) {}

  /** One order from its first request on. */
  open(index: number): void {
    const { agenda, random } = this.world;
    const amount = random.pick([
      { value: String(10_000 + index), currency: 'THB' },
      { value: String(10_000_000 + index * 100), currency: 'IDR' },
      { value: String(50_000 + index), currency: 'PHP' },
    ]);
    const lifeMs = random.pick([5 * minute, hour, 24 * hour]);
    const order = { id: `O${index}`, amount, expiresAt: new Date(agenda.now().getTime() + lifeMs).toISOString() };
    this.#ask(order);
    for (let more = random.between(0, 3); more > 0; more -= 1)
      agenda.in(random.between(0, 15 * minute), () => this.#ask(order));
    if (random.chance(0.15))
      agenda.in(random.between(0, 2 * hour), () =>
        this.#say('OrderCloseRequested', order.id, { orderId: order.id, reason: 'sold out', requestedBy: 'desk' }),
      );
  }

  /** The app learns of a session; what its shopper does then is up to the shopper. */
  hear({ type, data }: AnyEvent): void {
    if (type === 'OrderPaid') this.#regret(data as unknown as Paid);
    if (type === 'OrderNeedsAttention') this.#lookAt(data as unknown as NewCase);
    if (type !== 'PaymentSessionCreated') return;
    const { orderId, paymentSessionId } = data as { orderId: string; paymentSessionId: string };
    const { agenda, random, post } = this.world;
    if (random.chance(0.1)) post.forge(paymentSessionId);
    if (random.chance(0.15))
      agenda.in(random.between(0, 12 * minute), () =>
        this.#say('PaymentCancelRequested', `cancel ${paymentSessionId}`, { orderId, paymentSessionId }),
      );
    if (random.chance(0.2)) return;
    agenda.in(random.between(0, random.chance(0.85) ? 9 * minute : 50 * minute), () =>
      this.#pay(orderId, paymentSessionId),
    );
  }

  /** The merchant gives some of it back, or all, or wants to give back more than came. */
  #regret({ orderId, paymentSessionId, amount }: Paid): void {
    const { agenda, random } = this.world;
    for (let wishes = random.chance(0.4) ? random.between(1, 4) : 0; wishes > 0; wishes -= 1) {
      const value = String(random.between(1, Number(amount.value) + 1));
      const refundRequestId = `rf_${paymentSessionId}_${wishes}`;
      agenda.in(random.between(0, hour), () =>
        this.#say('RefundRequested', refundRequestId, {
          ...{ orderId, paymentSessionId, refundRequestId },
          ...{ amount: { ...amount, value }, reason: 'cold coffee', requestedBy: 'desk' },
        }),
      );
    }
  }

  /** A person looks at a case within two days, and decides. */
  #lookAt(found: NewCase): void {
    const { agenda, random } = this.world;
    this.#giveDuplicateBack(found);
    const fitting = resolutionsOf(found.kind, found.paymentId !== undefined).filter(
      (each) => each !== 'refunded-outside',
    );
    const resolution = random.pick(fitting);
    agenda.in(random.between(0, 48 * hour), () => this.#decide(found.caseId, resolution));
  }

  /** Who got no answer asks again. */
  async #decide(caseId: string, resolution: string): Promise<void> {
    const { agenda, desk } = this.world;
    try {
      await desk.decide(caseId, resolution);
    } catch (error) {
      agenda.in(minute, () => this.#decide(caseId, resolution));
      throw error;
    }
  }

  /** The merchant names the payment, since its session may have brought another one. */
  #giveDuplicateBack({ kind, orderId, paymentSessionId, paymentId }: NewCase): void {
    const { agenda, random, bank } = this.world;
    const session = bank.session(paymentSessionId);
    if (kind !== 'duplicate-payment' || session === undefined || random.chance(0.5)) return;
    for (let wishes = random.between(1, 3); wishes > 0; wishes -= 1) {
      const refundRequestId = `rf_extra_${paymentId}_${wishes}`;
      const value = random.chance(0.5) ? session.amount.value : String(random.between(1, Number(session.amount.value)));
      agenda.in(random.between(0, hour), () =>
        this.#say('RefundRequested', refundRequestId, {
          ...{ orderId, paymentSessionId, paymentId, refundRequestId },
          ...{ amount: { ...session.amount, value }, reason: 'paid twice', requestedBy: 'desk' },
        }),
      );
    }
  }

  #pay(orderId: string, id: string): void {
    const { agenda, random, bank } = this.world;
    if (!bank.submit(id)) return;
    const soonMs = () => random.between(0, random.chance(0.8) ? minute : 30 * minute);
    const decide = () => (random.chance(0.7) ? bank.pay(id) : bank.refuse(id));
    if (random.chance(0.2)) agenda.in(soonMs(), () => bank.pend(id));
    agenda.in(soonMs(), decide);
    if (random.chance(0.3)) agenda.in(soonMs(), () => this.#pay(orderId, id));
    if (random.chance(0.4))
      agenda.in(soonMs(), () =>
        this.#say('InquiryRequested', `back ${id} ${agenda.now().toISOString()}`, {
          ...{ orderId, paymentSessionId: id },
          reason: 'buyer-returned',
        }),
      );
  }

  #ask({ id: orderId, amount, expiresAt }: Order): void {
    const { agenda, random } = this.world;
    const paymentSessionId = `ps_${this.asked.length + 1}`;
    this.asked.push(paymentSessionId);
    const order = { amount, description: 'Two bags of coffee', expiresAt };
    this.#say('PaymentSessionRequested', paymentSessionId, {
      ...{ orderId, paymentSessionId, order, amount },
      bankChoice: random.pick(choices),
      terminal: { type: 'WEB' },
      clientIp: '203.0.113.7',
      redirectUrl: 'https://shop.example/thank-you',
      notAfter: new Date(agenda.now().getTime() + minute).toISOString(),
    });
  }

  /** As the gateway would. */
  #say(type: string, identity: string, data: AnyEvent['data'] & Record<string, unknown>): void {
    const { agenda, bus } = this.world;
    const id = eventId({ source: 'gateway', type, identity });
    this.#sequence += 1;
    const envelope = { id, source: 'gateway', subject: data.orderId, time: agenda.now().toISOString() };
    bus.append(sessionRequests.name, { ...envelope, sequence: this.#sequence, type, data });
  }
}

/** What apps and the merchant's server hear of, through the gateway. */
export const heardByApps = [paymentSessions.name, orders.name];
