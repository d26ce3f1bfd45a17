import { z } from 'zod';
import { defineEvent, defineTopic, type EventOf } from './define.js';
import { Evidence, Kind, Money, OrderFacts, OrderId, PaymentSessionId, Timestamp } from './fields.js';

const payment = {
  orderId: OrderId,
  paymentSessionId: PaymentSessionId,
  paymentRequestId: z.string().max(64),
  /** Antom's own id of the payment. */
  paymentId: z.string().max(64),
};

/** The shopper has acted and the bank has not decided; nothing is paid. */
export const PaymentPending = defineEvent('PaymentPending', z.object({ ...payment, amount: Money }));

/** The amount that was asked for was received. */
export const PaymentSucceeded = defineEvent(
  'PaymentSucceeded',
  z.object({ ...payment, order: OrderFacts, amount: Money, paidAt: Timestamp }),
);

/** One try failed. The shopper may try again in the same session while it lives. */
export const PaymentFailed = defineEvent(
  'PaymentFailed',
  z.object({ ...payment, code: z.string(), message: z.string() }),
);

/** Money arrived that is not what was asked for: never paid, never failed, always a case for a person. */
export const PaymentMismatched = defineEvent(
  'PaymentMismatched',
  z.object({ ...payment, expected: Money, received: z.object({ value: z.string(), currency: z.string() }) }),
);

/** Antom answered after the last moment that the attempt brought nothing: it can no longer succeed by itself. */
export const PaymentExpired = defineEvent(
  'PaymentExpired',
  z.object({ orderId: OrderId, paymentSessionId: PaymentSessionId, paymentRequestId: z.string().max(64) }),
);

/** We gave up asking without an answer that decides. Nothing is called failed; a person has to look. */
export const PaymentNeedsAttention = defineEvent(
  'PaymentNeedsAttention',
  z.object({
    orderId: OrderId,
    paymentSessionId: PaymentSessionId,
    paymentRequestId: z.string().max(64),
    kind: Kind.meta({ examples: ['no-answer'] }),
    evidence: Evidence,
  }),
);

/** Antom answered a cancel with a success: the attempt can bring no money any more. */
export const PaymentCancelled = defineEvent(
  'PaymentCancelled',
  z.object({ orderId: OrderId, paymentSessionId: PaymentSessionId, paymentRequestId: z.string().max(64) }),
);

/** Money came for an attempt that was cancelled. Antom gives it back by itself: it pays nothing and a person has to look. */
export const PaymentReceivedAfterCancel = defineEvent(
  'PaymentReceivedAfterCancel',
  z.object({ ...payment, amount: Money, paidAt: Timestamp, evidence: Evidence }),
);

const refund = {
  ...payment,
  /** Ours; where nobody asked for the refund, one that Antom or its dashboard gave. */
  refundRequestId: z.string().max(64),
};

/** Money went back to the shopper. */
export const RefundSucceeded = defineEvent(
  'RefundSucceeded',
  z.object({
    ...refund,
    amount: Money,
    refundedAt: Timestamp,
    /** `unasked` where the merchant did not request it: from Antom's dashboard, or Antom's own return of a duplicate. */
    origin: z.enum(['requested', 'unasked']),
  }),
);

/** No money went back, and none will for this request. */
export const RefundFailed = defineEvent(
  'RefundFailed',
  z.object({ ...refund, amount: Money, code: z.string(), message: z.string() }),
);

/** Something about a refund is for a person, such as a week without an answer. */
export const RefundNeedsAttention = defineEvent(
  'RefundNeedsAttention',
  z.object({
    orderId: OrderId,
    paymentSessionId: PaymentSessionId,
    refundRequestId: z.string().max(64),
    kind: Kind,
    evidence: Evidence,
  }),
);

export const payments = defineTopic({
  name: 'payments.v1',
  producer: 'notification',
  readers: ['gateway', 'payment-session', 'order'],
  retention: 'for ever',
  events: [
    PaymentPending,
    PaymentSucceeded,
    PaymentFailed,
    PaymentMismatched,
    PaymentExpired,
    PaymentNeedsAttention,
    PaymentCancelled,
    PaymentReceivedAfterCancel,
    RefundSucceeded,
    RefundFailed,
    RefundNeedsAttention,
  ],
});
export type PaymentEvent = EventOf<typeof payments>;
