import { z } from 'zod';
import { defineEvent, defineTopic, type EventOf } from './define.js';
import {
  BankChoice,
  Buyer,
  Money,
  OrderFacts,
  OrderId,
  PaymentSessionId,
  Reason,
  RefundRequestId,
  Terminal,
  Timestamp,
} from './fields.js';

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

/** The shopper or the merchant gives a payment session up. */
export const PaymentCancelRequested = defineEvent(
  'PaymentCancelRequested',
  z.object({ orderId: OrderId, paymentSessionId: PaymentSessionId }),
);

/** The merchant wants money of a payment to go back to the shopper. */
export const RefundRequested = defineEvent(
  'RefundRequested',
  z.object({
    orderId: OrderId,
    paymentSessionId: PaymentSessionId,
    /** Which payment of the session, by Antom's id; its first success unless given. */
    paymentId: z.string().max(64).optional(),
    refundRequestId: RefundRequestId,
    amount: Money,
    reason: Reason,
    /** The name of the merchant's key that asked. */
    requestedBy: z.string().max(64),
  }),
);

/** The merchant wants no more payments for an order. */
export const OrderCloseRequested = defineEvent(
  'OrderCloseRequested',
  z.object({ orderId: OrderId, reason: Reason, requestedBy: z.string().max(64) }),
);

export const sessionRequests = defineTopic({
  name: 'session-requests.v1',
  producer: 'gateway',
  readers: ['payment-session', 'notification'],
  retention: { days: 14 },
  events: [PaymentSessionRequested, InquiryRequested, PaymentCancelRequested, RefundRequested, OrderCloseRequested],
});
export type SessionRequestEvent = EventOf<typeof sessionRequests>;
