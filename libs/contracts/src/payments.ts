import { z } from 'zod';
import { defineEvent, defineTopic, type EventOf } from './define.js';
import {
  Evidence,
  Kind,
  Money,
  OrderFacts,
  OrderId,
  PaymentId,
  PaymentSessionId,
  ReceivedMoney,
  RefundRequestId,
  Timestamp,
} from './fields.js';

const session = { orderId: OrderId, paymentSessionId: PaymentSessionId };
const payment = { ...session, paymentId: PaymentId };
const code = z.string().describe("Antom's result code");
const message = z.string().describe('a sentence for a developer');

export const PaymentPending = defineEvent(
  'PaymentPending',
  z
    .object({
      ...session,
      paymentId: PaymentId.optional(),
      amount: Money.describe('what the buyer was asked for'),
      cause: z
        .enum(['bank', 'inquiring-after-cancel'])
        .describe(
          '`bank`: the bank has not decided; `inquiring-after-cancel`: Antom is asked about a success that came after a cancel was started',
        ),
    })
    .describe('The buyer has acted and the outcome is not known yet; nothing is paid.'),
);

export const PaymentSucceeded = defineEvent(
  'PaymentSucceeded',
  z
    .object({
      ...payment,
      order: OrderFacts,
      amount: Money.describe('what was asked for and received'),
      paidAt: Timestamp.describe("Antom's paymentTime"),
    })
    .describe('The amount that was asked for was received.'),
);

export const PaymentFailed = defineEvent(
  'PaymentFailed',
  z
    .object({ ...payment, code, message })
    .describe('One try failed. The buyer may try again in the same session while it lives.'),
);

export const PaymentCancelled = defineEvent(
  'PaymentCancelled',
  z.object(session).describe('Antom answered a cancel with a success: the attempt can bring no money any more.'),
);

export const PaymentExpired = defineEvent(
  'PaymentExpired',
  z
    .object(session)
    .describe(
      'Antom answered after the last moment that the attempt brought nothing: it can no longer succeed by itself.',
    ),
);

const refund = {
  ...payment,
  refundRequestId: RefundRequestId,
  amount: Money.describe('what was to go back to the buyer'),
};

export const RefundSucceeded = defineEvent(
  'RefundSucceeded',
  z
    .object({ ...refund, refundedAt: Timestamp.describe('when Antom says that the money went back') })
    .describe('Money went back to the buyer by a refund of ours.'),
);

export const RefundFailed = defineEvent(
  'RefundFailed',
  z
    .object({ ...refund, code, message })
    .describe('No money went back by a refund of ours, and none will for this request.'),
);

export const PaymentReturned = defineEvent(
  'PaymentReturned',
  z
    .object({
      ...payment,
      returnId: z
        .string()
        .min(1)
        .max(128)
        .describe("names this return once, whichever source tells of it: Antom's refund id as a rule"),
      amount: Money.describe('what went back to the buyer'),
      cause: z
        .enum(['refund', 'cancel', 'dispute'])
        .describe(
          '`refund`: the history of the payment names it; `cancel`: Antom cancelled a payment that had succeeded; `dispute`: the bank took it back',
        ),
      returnedAt: Timestamp.describe('when Antom says that the money went back'),
      evidence: Evidence,
    })
    .describe('Money of a payment went back to the buyer without a refund of ours.'),
);

export const PaymentNeedsAttention = defineEvent(
  'PaymentNeedsAttention',
  z
    .object({
      orderId: OrderId,
      paymentSessionId: PaymentSessionId.optional(),
      paymentId: PaymentId.optional(),
      kind: Kind.meta({
        description: 'what happened: an open word, and the kind of the case that is opened for it',
        examples: [
          'other-amount',
          'after-cancel',
          'no-answer',
          'waiting-for-inquiry',
          'refund-no-answer',
          'refund-other-amount',
        ],
      }),
      reference: z
        .string()
        .max(64)
        .optional()
        .describe('tells this concern from others of the same kind about the same payment, such as the id of a refund'),
      expected: Money.optional().describe('what the buyer was asked for'),
      received: ReceivedMoney.optional().describe('money that was received and pays nothing by itself'),
      paidAt: Timestamp.optional().describe("Antom's paymentTime of the money"),
      order: OrderFacts.optional().describe('the order as it was asked for, where money was received'),
      evidence: Evidence,
      dueAt: Timestamp.optional().describe('when a person should have dealt with it; by its kind unless given'),
    })
    .describe('Something about a payment or a refund is for a person: never paid, never failed.'),
);

export const payments = defineTopic({
  name: 'payments.v1',
  producer: 'notification',
  readers: ['gateway', 'payment-session', 'order'],
  retention: 'for ever',
  events: [
    PaymentPending,
    PaymentSucceeded,
    PaymentFailed,
    PaymentCancelled,
    PaymentExpired,
    RefundSucceeded,
    RefundFailed,
    PaymentReturned,
    PaymentNeedsAttention,
  ],
});
export type PaymentEvent = EventOf<typeof payments>;
