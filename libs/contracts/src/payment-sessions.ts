import { z } from 'zod';
import { defineEvent, defineTopic, type EventOf } from './define.js';
import { BankChoice, Money, OrderFacts, OrderId, PaymentSessionId, RefundRequestId, Timestamp } from './fields.js';

const attempt = { orderId: OrderId, paymentSessionId: PaymentSessionId };

/** What has to be known of an attempt to judge what Antom says of it. */
const facts = {
  /** Of the first attempt that was admitted. */
  order: OrderFacts,
  amount: Money.describe('what the buyer is asked for; a promotion makes it differ from the amount of the order'),
  bankChoice: BankChoice,
  endsAt: Timestamp.describe('after this moment only an answered inquiry decides'),
};

export const PaymentSessionCreated = defineEvent(
  'PaymentSessionCreated',
  z.object({
    ...attempt,
    paymentRequestId: z.string().max(64),
    ...facts,
    /** JWE that only the gateway can open. */
    sealedSessionData: z.string(),
    sessionExpiresAt: Timestamp,
  }),
);

export const PaymentSessionRejected = defineEvent(
  'PaymentSessionRejected',
  z.object({
    ...attempt,
    stage: z.enum(['guard', 'provider', 'abandoned']),
    code: z.string(),
    message: z.string(),
    /** The attempt of the same order that can still succeed. */
    livingPaymentSessionId: PaymentSessionId.optional(),
    /** Where Antom was called: its session was published to no one, yet what Antom says of it is still judged. */
    watch: z.object(facts).optional(),
  }),
);

/** How asking Antom to cancel went. A hint for the ear, which alone ends an attempt. */
export const CancelAnswered = defineEvent(
  'CancelAnswered',
  z.object({
    ...attempt,
    paymentRequestId: z.string().max(64),
    /** `impossible` where the way of paying has no cancel and nobody was asked. */
    answer: z.enum(['cancelled', 'refused', 'unanswered', 'impossible']),
    /** Who or what wanted it. */
    cause: z.enum(['requested', 'another-choice', 'sibling-succeeded', 'order-sealed', 'shows-life']),
    code: z.string(),
    message: z.string(),
  }),
);

/** Committed before Antom is called: from here on the money may go back. */
export const RefundStarted = defineEvent(
  'RefundStarted',
  z.object({
    ...attempt,
    paymentRequestId: z.string().max(64),
    paymentId: z.string().max(64),
    refundRequestId: RefundRequestId,
    amount: Money,
    cause: z.enum(['requested']),
  }),
);

/** A refund that nobody was called for. */
export const RefundRejected = defineEvent(
  'RefundRejected',
  z.object({ ...attempt, refundRequestId: RefundRequestId, code: z.string(), message: z.string() }),
);

/** How asking Antom for a refund went. A hint for the ear, which alone ends a refund. */
export const RefundAnswered = defineEvent(
  'RefundAnswered',
  z.object({
    ...attempt,
    refundRequestId: RefundRequestId,
    answer: z.enum(['succeeded', 'processing', 'refused', 'unanswered']),
    code: z.string(),
    message: z.string(),
  }),
);

/** No new attempt will start for the order; the living ones are cancelled where that is possible. */
export const OrderSealed = defineEvent(
  'OrderSealed',
  z.object({ orderId: OrderId, cause: z.enum(['expired', 'requested']), sealedAt: Timestamp }),
);

/** The last attempt of a sealed order has ended without money. Money that comes nevertheless is late. */
export const OrderDrained = defineEvent('OrderDrained', z.object({ orderId: OrderId, drainedAt: Timestamp }));

export const paymentSessions = defineTopic({
  name: 'payment-sessions.v1',
  producer: 'payment-session',
  readers: ['gateway', 'notification', 'order'],
  retention: 'for ever',
  events: [
    PaymentSessionCreated,
    PaymentSessionRejected,
    CancelAnswered,
    RefundStarted,
    RefundRejected,
    RefundAnswered,
    OrderSealed,
    OrderDrained,
  ],
});
export type PaymentSessionEvent = EventOf<typeof paymentSessions>;
