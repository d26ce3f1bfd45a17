import { glob, type Pattern } from '../rules/glob.js';
import { type NotificationState } from '../state/views.js';

/** Notifications that do not go out: held by somebody, or waiting to be overtaken. */
export class HeldBack {
  #holds: Pattern[] = [];
  readonly #held = new Set<string>();
  readonly #waiting = new Map<string, string>();

  /** Holds notifications about payments like this until {@link release}. */
  hold(pattern: string): void {
    this.#holds.push(glob(pattern));
  }

  /** @returns what was held */
  release(): string[] {
    const held = [...this.#held];
    this.#holds = [];
    this.#held.clear();
    return held;
  }

  /** Whether it stays here, because somebody holds it. */
  keep({ id, paymentRequestId }: NotificationState): boolean {
    const held = this.#holds.some((pattern) => pattern.test(paymentRequestId));
    if (held) this.#held.add(id);
    return held;
  }

  letOthersPass({ id, paymentRequestId }: NotificationState): void {
    this.#waiting.set(paymentRequestId, id);
  }

  /** @returns the notification that this one has overtaken */
  overtakenBy({ id, paymentRequestId }: Pick<NotificationState, 'id' | 'paymentRequestId'>): string | undefined {
    const waiting = this.#waiting.get(paymentRequestId);
    if (waiting === undefined || waiting === id) return undefined;
    this.#waiting.delete(paymentRequestId);
    return waiting;
  }

  /** Whether it still waited: it does so no longer. */
  giveUpWaiting({ id, paymentRequestId }: NotificationState): boolean {
    return this.#waiting.get(paymentRequestId) === id && this.#waiting.delete(paymentRequestId);
  }
}
