import { type DeliveryMade, type Fact, type PaymentDecided } from './facts.js';
import { type FactLog } from './fact-log.js';
import { type Charge, type NotificationState, type Session } from './views.js';

/** Everything the simulator knows: the fold of its facts. */
export class World {
  readonly #log: FactLog;
  readonly #sessions = new Map<string, Session>();
  readonly #notifications = new Map<string, NotificationState>();
  readonly #charges = new Map<string, Charge>();

  constructor(log: FactLog) {
    this.#log = log;
    for (const fact of log.earlier) this.#apply(fact);
  }

  /** Keeps a fact; only then is it true. */
  record(fact: Fact): void {
    this.#log.append(fact);
    this.#apply(fact);
  }

  session(paymentRequestId: string): Session | undefined {
    return this.#sessions.get(paymentRequestId);
  }

  sessions(): Session[] {
    return [...this.#sessions.values()];
  }

  charges(): Charge[] {
    return [...this.#charges.values()];
  }

  charge(paymentRequestId: string): Charge | undefined {
    return this.#charges.get(paymentRequestId);
  }

  notification(id: string): NotificationState | undefined {
    return this.#notifications.get(id);
  }

  notifications(): NotificationState[] {
    return [...this.#notifications.values()];
  }

  #apply(fact: Fact): void {
    switch (fact.fact) {
      case 'session opened': {
        const { fact: _, ...session } = fact;
        this.#sessions.set(fact.paymentRequestId, { ...session, status: 'open' });
        return;
      }
      case 'payment decided':
        return this.#decide(fact);
      case 'delivery made':
        return this.#deliver(fact);
    }
  }

  #decide({ at, paymentRequestId, paymentId, outcome, notification }: PaymentDecided): void {
    const session = this.#sessions.get(paymentRequestId);
    if (session === undefined) throw new Error(`a payment was decided without a session: ${paymentRequestId}`);
    this.#sessions.set(paymentRequestId, { ...session, status: outcome, paymentId });
    const { referenceOrderId, amount, notifyUrl } = session;
    if (outcome === 'paid')
      this.#charges.set(paymentRequestId, { paymentRequestId, paymentId, referenceOrderId, amount, at });
    const { id, body } = notification;
    const about = { id, paymentRequestId, outcome, url: notifyUrl, body, at };
    this.#notifications.set(id, { ...about, deliveries: 0, acknowledged: false });
  }

  #deliver({ notificationId, acknowledged }: DeliveryMade): void {
    const notification = this.#notifications.get(notificationId);
    if (notification === undefined) throw new Error(`an unknown notification was delivered: ${notificationId}`);
    this.#notifications.set(notificationId, { ...notification, deliveries: notification.deliveries + 1, acknowledged });
  }
}
