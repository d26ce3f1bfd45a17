import { z } from 'zod';
import { caseResolutions } from './case-resolutions.js';
import { defineEvent, defineTopic, type EventOf } from './define.js';
import {
  Evidence,
  Kind,
  Money,
  OrderId,
  PaymentId,
  PaymentSessionId,
  RefundRequestId,
  Timestamp,
  Total,
} from './fields.js';

const payment = { orderId: OrderId, paymentSessionId: PaymentSessionId, paymentId: PaymentId };

export const OrderPaid = defineEvent(
  'OrderPaid',
  z
    .object({
      ...payment,
      amount: Money.describe('what was received'),
      paidAt: Timestamp.describe("Antom's paymentTime"),
      description: z.string().describe('of the order'),
      acceptedBy: z
        .string()
        .max(160)
        .optional()
        .describe('the case by which a person accepted money that would not have paid the order'),
    })
    .describe(
      "The buyer's money is there: once per order, and again only after OrderPaymentReturned with `paidBy: null`.",
    ),
);

export const OrderPaymentReturned = defineEvent(
  'OrderPaymentReturned',
  z
    .object({
      ...payment,
      returnId: z.string().min(1).max(128).describe('names this return once'),
      amount: Money.describe('what went back to the buyer'),
      cause: z.enum(['refund', 'cancel', 'dispute']).describe('why it went back'),
      paidBy: z
        .object({ paymentSessionId: PaymentSessionId, paymentId: PaymentId })
        .nullable()
        .describe('the payment that pays the order now; null: none does, and fulfilment stops'),
    })
    .describe('The money that paid the order went back to the buyer without a refund of ours.'),
);

export const OrderClosed = defineEvent(
  'OrderClosed',
  z
    .object({ orderId: OrderId, cause: z.enum(['expired', 'requested']).describe('why it takes no payment any more') })
    .describe('Nothing more can come of the order: it was sealed, and each of its attempts has ended unpaid.'),
);

export const OrderRefunded = defineEvent(
  'OrderRefunded',
  z
    .object({
      ...payment,
      origin: z
        .enum(['requested', 'unasked', 'outside'])
        .describe(
          '`requested`: a refund of ours; `unasked`: Antom or the bank returned it; `outside`: the merchant gave it back on a way of its own',
        ),
      refundId: z.string().min(1).max(128).describe('the id of the refund, of the return, or of the transfer outside'),
      amount: Money.describe('what went back to the buyer'),
      kept: z.boolean().describe('whether the payment is the one that pays the order'),
      refunded: Total.describe('all that went back of that payment, this included'),
      remainder: Total.describe('what is left of that payment'),
      refundedAt: Timestamp.describe('when the money went back'),
    })
    .describe(
      'Money of the order went back to the buyer. Fulfilment reads `kept`: only then it is money that paid the order.',
    ),
);

const about = {
  orderId: OrderId,
  caseId: z.string().max(160).describe('derived from what the case is about: the same concern is the same case'),
  kind: Kind.meta({
    description: 'what the case is about; an open word',
    examples: ['duplicate-payment', 'other-amount'],
  }),
  paymentSessionId: PaymentSessionId.optional(),
  paymentId: PaymentId.optional(),
};
const openCases = z.int().min(0).describe('how many cases of the order are not resolved');

export const OrderNeedsAttention = defineEvent(
  'OrderNeedsAttention',
  z
    .object({
      ...about,
      evidence: Evidence,
      dueAt: Timestamp.describe('when a person should have dealt with it'),
      openCases,
    })
    .describe('A case is open: money and state disagree, and a person has to look.'),
);

export const OrderAttentionResolved = defineEvent(
  'OrderAttentionResolved',
  z
    .object({
      ...about,
      resolution: Kind.meta({ description: 'what was decided; an open word', examples: Object.keys(caseResolutions) }),
      status: z.enum(['refunding', 'resolved']).describe('`refunding`: decided, and open until the money is back'),
      openCases,
      refundRequestId: RefundRequestId.optional().describe('where the resolution is a refund'),
      amount: Money.optional().describe('what goes or went back, where the resolution is about that'),
      reference: z.string().max(128).optional().describe('of a transfer outside Antom'),
      reason: z.string().max(1024).describe('in the words of the person who decided'),
      by: z.string().max(64).describe('who decided'),
      resolvedAt: Timestamp.describe('when it was decided'),
    })
    .describe('A person has decided about a case, or Kasir saw the money go back.'),
);

export const orders = defineTopic({
  name: 'orders.v1',
  producer: 'order',
  readers: ['gateway', 'payment-session', 'fulfilment'],
  retention: 'for ever',
  events: [OrderPaid, OrderPaymentReturned, OrderClosed, OrderRefunded, OrderNeedsAttention, OrderAttentionResolved],
});
export type OrderEvent = EventOf<typeof orders>;
