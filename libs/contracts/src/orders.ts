import { z } from 'zod';
import { defineEvent, defineTopic, type EventOf } from './define.js';
import { Evidence, Kind, Money, OrderId, PaymentSessionId, Timestamp, Total } from './fields.js';
import { caseResolutions } from './case-resolutions.js';

/** Said once per order: the shopper's money is there, in the amount that was asked. */
export const OrderPaid = defineEvent(
  'OrderPaid',
  z.object({
    orderId: OrderId,
    paymentSessionId: PaymentSessionId,
    paymentId: z.string(),
    amount: Money,
    paidAt: Timestamp,
    description: z.string(),
  }),
);

/** Money and state disagree and a person has to look. */
export const OrderNeedsAttention = defineEvent(
  'OrderNeedsAttention',
  z.object({
    orderId: OrderId,
    /** The case that was opened. */
    caseId: z.string().max(160).optional(),
    kind: Kind.meta({ examples: ['second-success', 'amount-mismatch'] }),
    paymentSessionId: PaymentSessionId,
    /** Empty where Antom has named no payment. */
    paymentId: z.string(),
    evidence: Evidence,
  }),
);

/** A person has dealt with a case. */
export const OrderAttentionResolved = defineEvent(
  'OrderAttentionResolved',
  z.object({
    orderId: OrderId,
    caseId: z.string().max(160),
    kind: Kind,
    /** What the case was about; as in OrderNeedsAttention. */
    paymentSessionId: PaymentSessionId.optional(),
    paymentId: z.string().optional(),
    resolution: Kind.meta({ examples: Object.keys(caseResolutions) }),
    /** How many cases of the order are still open. */
    openCases: z.int().min(0).optional(),
    reason: z.string().max(1024),
    by: z.string().max(64),
    resolvedAt: Timestamp,
  }),
);

/** Nothing more can come of the order: it was sealed, and each of its attempts has ended unpaid. */
export const OrderClosed = defineEvent(
  'OrderClosed',
  z.object({ orderId: OrderId, cause: z.enum(['expired', 'requested']) }),
);

/** Money of the order went back to the shopper. Fulfilment reads `kept`: only then it is the money that paid the order. */
export const OrderRefunded = defineEvent(
  'OrderRefunded',
  z.object({
    orderId: OrderId,
    refundRequestId: z.string().max(64),
    paymentSessionId: PaymentSessionId,
    paymentId: z.string().max(64),
    amount: Money,
    /** Whether the payment was the one that pays the order. */
    kept: z.boolean(),
    /** Of that payment, this refund included. */
    refunded: Total,
    /** What is left of that payment. */
    remainder: Total,
    refundedAt: Timestamp,
  }),
);

export const orders = defineTopic({
  name: 'orders.v1',
  producer: 'order',
  readers: ['gateway', 'payment-session', 'fulfilment'],
  retention: 'for ever',
  events: [OrderPaid, OrderNeedsAttention, OrderAttentionResolved, OrderClosed, OrderRefunded],
});
export type OrderEvent = EventOf<typeof orders>;
