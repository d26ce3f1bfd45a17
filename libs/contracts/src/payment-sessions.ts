import { z } from 'zod';
import { defineEvent, defineTopic, type EventOf } from './define.js';
import { BankChoice, Money, OrderFacts, OrderId, PaymentSessionId, Timestamp } from './fields.js';

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

export const paymentSessions = defineTopic({
  name: 'payment-sessions.v1',
  producer: 'payment-session',
  readers: ['gateway', 'notification', 'order'],
  retention: 'for ever',
  events: [PaymentAttemptStarted, PaymentSessionCreated, PaymentSessionRejected],
});
export type PaymentSessionEvent = EventOf<typeof paymentSessions>;
