import { type RefundAccepted, type RefundDecided, type RefundRefused } from './facts.js';
import { type Payments } from './payments-view.js';
import { type LedgerEntry, type Refund } from './views.js';

/** Every refund that was ever asked for, with its end. */
export class Refunds {
  readonly #refunds = new Map<string, Refund>();
  readonly #byRefundId = new Map<string, string>();
  readonly #byPayment = new Map<string, string[]>();

  refund(refundRequestId: string): Refund | undefined {
    return this.#refunds.get(refundRequestId);
  }

  byRefundId(refundId: string): Refund | undefined {
    return this.#refunds.get(this.#byRefundId.get(refundId) ?? '');
  }

  refunds(): Refund[] {
    return [...this.#refunds.values()];
  }

  /** Those that Antom took on, in their order. */
  ofPayment(paymentRequestId: string): Refund[] {
    return (this.#byPayment.get(paymentRequestId) ?? []).map((id) => this.#refunds.get(id)!);
  }

  accept({ fact: _, ...refund }: RefundAccepted): void {
    const { refundRequestId, refundId, paymentRequestId } = refund;
    this.#refunds.set(refundRequestId, { ...refund, status: 'accepted' });
    this.#byRefundId.set(refundId, refundRequestId);
    this.#byPayment.set(paymentRequestId, [...(this.#byPayment.get(paymentRequestId) ?? []), refundRequestId]);
  }

  refuse({ fact: _, at, ...refused }: RefundRefused): void {
    const never = { refundId: '', paymentRequestId: '', decidedAt: at, decidedAs: 'failed' as const };
    this.#refunds.set(refused.refundRequestId, { at, ...never, ...refused, status: 'refused' });
  }

  /** @returns what it moves */
  decide({ at, refundRequestId, outcome, code }: RefundDecided, payments: Payments): LedgerEntry[] {
    const refund = this.#refunds.get(refundRequestId);
    if (refund === undefined) throw new Error(`an unknown refund was decided: ${refundRequestId}`);
    this.#refunds.set(refundRequestId, { ...refund, status: outcome, code, decidedAt: at });
    if (outcome === 'failed') return [];
    const { paymentRequestId, paymentId, amount } = refund;
    const { referenceOrderId } = payments.session(paymentRequestId)!;
    return [{ kind: 'refund', paymentRequestId, paymentId, referenceOrderId, amount, at, refundRequestId }];
  }
}
