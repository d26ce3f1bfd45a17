import { z } from 'zod';
import { defineEvent, defineTopic, type EventOf } from './define.js';
import {
  BankChoice,
  Evidence,
  Kind,
  Money,
  OrderFacts,
  OrderId,
  PaymentSessionId,
  RefundRequestId,
  Timestamp,
} from './fields.js';

const attempt = { orderId: OrderId, paymentSessionId: PaymentSessionId };

/** Committed before Antom is called: from here on the attempt may succeed. */
export const PaymentAttemptStarted = defineEvent(
  'PaymentAttemptStarted',
  z.object({
    ...attempt,
    paymentRequestId: z.string().max(64),
    order: OrderFacts,
    amount: Money,
    bankChoice: BankChoice,
    /** After this moment only an answered inquiry still decides. */
    endsAt: Timestamp,
  }),
);

export const PaymentSessionCreated = defineEvent(
  'PaymentSessionCreated',
  z.object({
    ...attempt,
    paymentRequestId: z.string().max(64),
    /** JWE that only the gateway can open. */
    sealedSessionData: z.string(),
    sessionExpiresAt: Timestamp,
    endsAt: Timestamp,
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
    /** Who wanted it: the merchant, or our own rule for a second payment of an order. */
    cause: z.enum(['requested', 'double']),
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
  z.object({
    orderId: OrderId,
    cause: z.enum(['expired', 'requested']),
    /** Every attempt that was ever started; the order is closed after the end of each. */
    paymentSessionIds: z.array(PaymentSessionId),
  }),
);

/** Something about an attempt or its refund is for a person. */
export const AttemptNeedsAttention = defineEvent(
  'AttemptNeedsAttention',
  z.object({ ...attempt, kind: Kind, evidence: Evidence }),
);

export const paymentSessions = defineTopic({
  name: 'payment-sessions.v1',
  producer: 'payment-session',
  readers: ['gateway', 'notification', 'order'],
  retention: 'for ever',
  events: [
    PaymentAttemptStarted,
    PaymentSessionCreated,
    PaymentSessionRejected,
    CancelAnswered,
    RefundStarted,
    RefundRejected,
    RefundAnswered,
    OrderSealed,
    AttemptNeedsAttention,
  ],
});
export type PaymentSessionEvent = EventOf<typeof paymentSessions>;
