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

/** Somebody has reason to believe that Antom knows more than we do, such as a buyer who is back from the bank. */
export const InquiryRequested = defineEvent(
  'InquiryRequested',
  z.object({ orderId: OrderId, paymentSessionId: PaymentSessionId, reason: z.enum(['buyer-returned']) }),
);

export const sessionRequests = defineTopic({
  name: 'session-requests.v1',
  producer: 'gateway',
  readers: ['payment-session', 'notification'],
  retention: { days: 14 },
  events: [PaymentSessionRequested, InquiryRequested],
});
export type SessionRequestEvent = EventOf<typeof sessionRequests>;
