import { type Money } from '@kasir/kernel';
import { type PaymentOutcome } from '../state/facts.js';
import { antomTime } from '../time/antom-time.js';

export interface PaymentNews {
  readonly paymentRequestId: string;
  readonly paymentId: string;
  readonly amount: Money;
  readonly outcome: PaymentOutcome;
  readonly code: string;
  readonly createdAt: Date;
  readonly now: Date;
  readonly metadata?: string | undefined;
}

/** The body of Antom's notifyPayment. It names the attempt, never the order. A pending one says S, and is not paid. */
export function paymentNotification(news: PaymentNews): string {
  const { paymentRequestId, paymentId, amount, outcome, code, createdAt, now, metadata } = news;
  const fails = outcome === 'refused' || outcome === 'timed out';
  return JSON.stringify({
    notifyType: outcome === 'pending' ? 'PAYMENT_PENDING' : 'PAYMENT_RESULT',
    result: {
      resultCode: code,
      resultStatus: fails ? 'F' : 'S',
      resultMessage: fails ? messageOf(outcome) : 'success',
    },
    paymentRequestId,
    paymentId,
    paymentAmount: { currency: amount.currency, value: amount.value },
    paymentCreateTime: antomTime(createdAt),
    ...(outcome === 'paid' ? { paymentTime: antomTime(now) } : {}),
    ...(metadata === undefined ? {} : { metadata }),
  });
}

const messageOf = (outcome: PaymentOutcome): string =>
  outcome === 'timed out' ? 'The order is closed.' : 'The payment was refused.';
