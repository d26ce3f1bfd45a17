import { z } from 'zod';
import { defineEvent, defineTopic, type EventOf } from './define.js';
import {
  BankChoice,
  FieldErrors,
  Money,
  OrderFacts,
  OrderId,
  PaymentId,
  PaymentSessionId,
  RefundRequestId,
  Timestamp,
} from './fields.js';

const attempt = { orderId: OrderId, paymentSessionId: PaymentSessionId };
const code = z.string().describe("Kasir's own code, as in the problems of the API");
const message = z.string().describe('a sentence for a developer');
const caseId = z.string().max(160).describe('the case that a person resolved by a refund');

/** What has to be known of an attempt to judge what Antom says of it. */
const facts = {
  order: OrderFacts.describe('of the first attempt that was admitted'),
  amount: Money.describe('what the buyer is asked for; a promotion makes it differ from the amount of the order'),
  bankChoice: BankChoice,
  sessionExpiresAt: Timestamp.describe('until then the buyer can begin to pay'),
  endsAt: Timestamp.describe('after this moment only an answered inquiry decides'),
};

export const PaymentSessionCreated = defineEvent(
  'PaymentSessionCreated',
  z
    .object({
      ...attempt,
      ...facts,
      encryptedSessionData: z.string().describe('JWE that only the gateway can open'),
      supersedes: z
        .array(PaymentSessionId)
        .max(20)
        .optional()
        .describe('earlier sessions of the order that stand in its way no more, and may still bring money'),
    })
    .describe('Antom has opened a session for the buyer.'),
);

export const PaymentSessionRejected = defineEvent(
  'PaymentSessionRejected',
  z
    .object({
      ...attempt,
      stage: z
        .enum(['policy', 'provider', 'abandoned'])
        .describe(
          '`policy`: Antom was not called; `provider`: Antom refused; `abandoned`: its session was published to nobody',
        ),
      code,
      message,
      errors: FieldErrors.optional(),
      livingPaymentSessionId: PaymentSessionId.optional().describe(
        'the session of the same order that can still succeed',
      ),
      watch: z.object(facts).optional().describe('where Antom was called: what it says of the attempt is still judged'),
    })
    .describe('There is no session for the buyer, and why.'),
);

const cause = z
  .enum(['requested', 'another-choice', 'sibling-succeeded', 'order-sealed', 'money-under-review'])
  .describe('why the attempt is cancelled');

export const CancelStarted = defineEvent(
  'CancelStarted',
  z
    .object({ ...attempt, cause })
    .describe(
      'Published once per attempt and acknowledged by the broker before Antom is asked to cancel: a success that comes now is inquired about first.',
    ),
);

export const CancelAnswered = defineEvent(
  'CancelAnswered',
  z
    .object({
      ...attempt,
      answer: z
        .enum(['cancelled', 'refused', 'unanswered', 'impossible'])
        .describe('`impossible`: the way of paying has no cancel, and Antom was not asked'),
      cause,
      code,
      message,
    })
    .describe('How asking Antom to cancel went. It ends no attempt: payments.v1 does.'),
);

export const RefundStarted = defineEvent(
  'RefundStarted',
  z
    .object({
      ...attempt,
      paymentId: PaymentId,
      refundRequestId: RefundRequestId,
      amount: Money.describe('what is to go back to the buyer'),
      cause: z.enum(['requested', 'case']).describe('`case`: a person resolved a case by it'),
      caseId: caseId.optional(),
    })
    .describe('Published before Antom is called: from here on the money may go back.'),
);

export const RefundRejected = defineEvent(
  'RefundRejected',
  z
    .object({
      ...attempt,
      refundRequestId: RefundRequestId,
      code,
      message,
      errors: FieldErrors.optional(),
      caseId: caseId.optional(),
    })
    .describe('Antom was not called for this refund.'),
);

export const RefundAnswered = defineEvent(
  'RefundAnswered',
  z
    .object({
      ...attempt,
      refundRequestId: RefundRequestId,
      answer: z.enum(['succeeded', 'processing', 'refused', 'unanswered']).describe('what the call brought'),
      code: z.string().describe("Antom's result code"),
      message,
    })
    .describe('How asking Antom for a refund went. It ends no refund: payments.v1 does.'),
);

export const OrderSealed = defineEvent(
  'OrderSealed',
  z
    .object({
      orderId: OrderId,
      cause: z.enum(['expired', 'requested']).describe('why it takes no attempt any more'),
      sealedAt: Timestamp.describe('the end of the order'),
      lastEndsAt: Timestamp.optional().describe('when the last of its living attempts ends; none lives unless given'),
    })
    .describe('The order takes no new attempt; those it has may still pay it.'),
);

export const OrderDrained = defineEvent(
  'OrderDrained',
  z
    .object({ orderId: OrderId, drainedAt: Timestamp.describe('when the last attempt had ended') })
    .describe('The last attempt of a sealed order has ended without money. Money that comes nevertheless is late.'),
);

export const paymentSessions = defineTopic({
  name: 'payment-sessions.v1',
  producer: 'payment-session',
  readers: ['gateway', 'notification', 'order'],
  retention: 'for ever',
  events: [
    PaymentSessionCreated,
    PaymentSessionRejected,
    CancelStarted,
    CancelAnswered,
    RefundStarted,
    RefundRejected,
    RefundAnswered,
    OrderSealed,
    OrderDrained,
  ],
});
export type PaymentSessionEvent = EventOf<typeof paymentSessions>;
