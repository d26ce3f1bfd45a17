import { z } from 'zod';
import { defineEvent, defineTopic, type EventOf } from './define.js';
import { BankChoice, Buyer, Money, OrderFacts, OrderId, PaymentSessionId, Terminal, Timestamp } from './fields.js';

export const PaymentSessionRequested = defineEvent(
  'PaymentSessionRequested',
  z.object({
    orderId: OrderId,
    paymentSessionId: PaymentSessionId,
    order: OrderFacts,
    /** What the shopper pays; a promotion makes it differ from the order's amount. */
    amount: Money,
    bankChoice: BankChoice,
    terminal: Terminal,
    clientIp: z.string(),
    userAgent: z.string().max(1024).optional(),
    redirectUrl: z.url(),
    buyer: Buyer.optional(),
    /** The buyer is waiting: later than this the request is rejected and nobody is called. */
    notAfter: Timestamp,
  }),
);

export const sessionRequests = defineTopic({
  name: 'session-requests.v1',
  producer: 'gateway',
  readers: ['payment-session', 'notification'],
  retention: { days: 14 },
  events: [PaymentSessionRequested],
});
export type SessionRequestEvent = EventOf<typeof sessionRequests>;
