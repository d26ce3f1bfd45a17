import { z } from 'zod';
import { defineEvent, defineTopic, type EventOf } from './define.js';
import {
  BankChoice,
  Buyer,
  Money,
  OrderFacts,
  OrderId,
  PaymentId,
  PaymentSessionId,
  Reason,
  RefundRequestId,
  Terminal,
  Timestamp,
} from './fields.js';

const requestedBy = z.string().max(64).describe("the name of the merchant's key that asked");

export const PaymentSessionRequested = defineEvent(
  'PaymentSessionRequested',
  z
    .object({
      orderId: OrderId,
      paymentSessionId: PaymentSessionId,
      order: OrderFacts,
      amount: Money.describe('what the buyer pays; a promotion makes it differ from the amount of the order'),
      bankChoice: BankChoice,
      terminal: Terminal,
      clientIp: z.string().describe('the address that the buyer came from'),
      userAgent: z.string().max(1024).optional().describe("of the buyer's browser or app"),
      redirectUrl: z.url().describe('where the bank sends the buyer back to'),
      buyer: Buyer.optional(),
      notAfter: Timestamp.describe(
        'the buyer is waiting: later than this the request is rejected, and Antom is not called',
      ),
    })
    .describe('The app asks for a payment session.'),
);

export const InquiryRequested = defineEvent(
  'InquiryRequested',
  z
    .object({
      orderId: OrderId,
      paymentSessionId: PaymentSessionId,
      reason: z.enum(['buyer-returned']).describe('`buyer-returned`: the buyer is back from the bank'),
    })
    .describe('Antom may know more than we do.'),
);

export const PaymentCancelRequested = defineEvent(
  'PaymentCancelRequested',
  z
    .object({ orderId: OrderId, paymentSessionId: PaymentSessionId })
    .describe('The buyer or the merchant gives a payment session up.'),
);

export const RefundRequested = defineEvent(
  'RefundRequested',
  z
    .object({
      orderId: OrderId,
      paymentSessionId: PaymentSessionId,
      paymentId: PaymentId.optional().describe('which payment of the session; its first success unless given'),
      refundRequestId: RefundRequestId,
      amount: Money.describe('what is to go back to the buyer'),
      reason: Reason,
      requestedBy,
    })
    .describe('The merchant wants money of a payment to go back to the buyer.'),
);

export const OrderCloseRequested = defineEvent(
  'OrderCloseRequested',
  z
    .object({ orderId: OrderId, reason: Reason, requestedBy })
    .describe('The merchant wants no more payments for an order.'),
);

export const sessionRequests = defineTopic({
  name: 'session-requests.v1',
  producer: 'gateway',
  readers: ['payment-session', 'notification'],
  retention: { days: 14 },
  events: [PaymentSessionRequested, InquiryRequested, PaymentCancelRequested, RefundRequested, OrderCloseRequested],
});
export type SessionRequestEvent = EventOf<typeof sessionRequests>;
