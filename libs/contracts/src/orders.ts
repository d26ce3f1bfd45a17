import { z } from 'zod';
import { defineEvent, defineTopic, type EventOf } from './define.js';
import { Money, OrderFacts, OrderId, PaymentSessionId, Timestamp } from './fields.js';

export const OrderOpened = defineEvent('OrderOpened', z.object({ orderId: OrderId, order: OrderFacts }));

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
    /** An open word: more kinds will come, and a reader that does not know one still shows it to a person. */
    kind: z
      .string()
      .max(64)
      .regex(/^[a-z]+(-[a-z]+)*$/)
      .meta({ examples: ['second-success', 'amount-mismatch'] }),
    paymentSessionId: PaymentSessionId,
    paymentId: z.string(),
    evidence: z.record(z.string(), z.string()),
  }),
);

export const orders = defineTopic({
  name: 'orders.v1',
  producer: 'order',
  readers: ['gateway', 'payment-session', 'fulfilment'],
  retention: 'for ever',
  events: [OrderOpened, OrderPaid, OrderNeedsAttention],
});
export type OrderEvent = EventOf<typeof orders>;
