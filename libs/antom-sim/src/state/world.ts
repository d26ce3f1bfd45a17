import { type DeliveryMade, type Fact } from './facts.js';
import { type FactLog } from './fact-log.js';
import { type Letter } from './letter.js';
import { Payments } from './payments-view.js';
import { Refunds } from './refunds-view.js';
import { type LedgerEntry, type NotificationState } from './views.js';

/** Everything the simulator knows: the fold of its facts. */
export class World {
  readonly payments = new Payments();
  readonly refunds = new Refunds();
  readonly #log: FactLog;
  readonly #notifications = new Map<string, NotificationState>();
  readonly #ledger: LedgerEntry[] = [];
  #advancedMs = 0;

  constructor(log: FactLog) {
    this.#log = log;
    for (const fact of log.earlier) this.#apply(fact);
  }

  /** Keeps a fact; only then is it true. */
  record(fact: Fact): void {
    this.#log.append(fact);
    this.#apply(fact);
  }

  /** What moved, in order: entries are added and never changed. */
  ledger(): readonly LedgerEntry[] {
    return this.#ledger;
  }

  notification(id: string): NotificationState | undefined {
    return this.#notifications.get(id);
  }

  notifications(): NotificationState[] {
    return [...this.#notifications.values()];
  }

  /** How far the clock was moved in all, in milliseconds. */
  advancedMs(): number {
    return this.#advancedMs;
  }

  #apply(fact: Fact): void {
    switch (fact.fact) {
      case 'session opened':
        return this.payments.open(fact);
      case 'payment submitted':
        return this.payments.submit(fact);
      case 'payment decided':
        this.#ledger.push(...this.payments.decide(fact));
        return this.#write(fact.at, fact.letters);
      case 'refund accepted':
        return this.refunds.accept(fact);
      case 'refund refused':
        return this.refunds.refuse(fact);
      case 'refund decided':
        this.#ledger.push(...this.refunds.decide(fact, this.payments));
        return this.#write(fact.at, fact.letters);
      case 'letters written':
        return this.#write(fact.at, fact.letters);
      case 'delivery made':
        return this.#deliver(fact);
      case 'clock advanced':
        this.#advancedMs += fact.ms;
    }
  }

  #write(at: string, letters: readonly Letter[]): void {
    for (const letter of letters)
      this.#notifications.set(letter.id, { ...letter, at, deliveries: 0, inTurn: 0, acknowledged: false });
  }

  #deliver({ notificationId, acknowledged, besides }: DeliveryMade): void {
    const notification = this.#notifications.get(notificationId);
    if (notification === undefined) throw new Error(`an unknown notification was delivered: ${notificationId}`);
    const heard = notification.acknowledged || acknowledged;
    this.#notifications.set(notificationId, {
      ...notification,
      deliveries: notification.deliveries + 1,
      inTurn: notification.inTurn + (besides === true ? 0 : 1),
      acknowledged: heard,
    });
  }
}
