import { z } from 'zod';
import {
  BankChoice,
  Buyer,
  Description,
  Money,
  OrderId,
  PaymentId,
  PaymentSessionId,
  Reason,
  RefundRequestId,
  Terminal,
  Timestamp,
  Total,
} from './fields.js';

/** What the merchant's back end signs, so that the buyer can't change the amount. */
export const CheckoutTokenClaims = z.object({
  order: z
    .strictObject({
      id: OrderId,
      amount: Money.describe('what the order costs'),
      description: Description,
      expiresAt: Timestamp.optional().describe(
        'the end of the order: no payment begins after it; 24 hours after the token was signed unless given',
      ),
    })
    .describe('what is paid for'),
  payment: z
    .strictObject({ amount: Money.describe('what the buyer pays') })
    .optional()
    .describe('where a promotion makes what the buyer pays differ from the amount of the order'),
  buyer: Buyer.optional(),
  redirectUrl: z
    .url({ protocol: /^https?$/ })
    .max(1800)
    .optional()
    .describe('where the bank sends the buyer afterwards: https, or http on this machine'),
});
export type CheckoutTokenClaims = z.infer<typeof CheckoutTokenClaims>;

export const CreatePaymentSessionBody = z.strictObject({
  bankChoice: BankChoice.describe('how the buyer wants to pay: exactly one of its fields'),
  terminal: Terminal.describe('where the buyer sits'),
});
export type CreatePaymentSessionBody = z.infer<typeof CreatePaymentSessionBody>;

/** What a merchant's server asks for: with a secret key it needs no token, and puts the order beside the choice. */
export const MerchantPaymentSessionBody = z.strictObject({
  ...CreatePaymentSessionBody.shape,
  ...CheckoutTokenClaims.shape,
  shopper: z
    .strictObject({
      ip: z.union([z.ipv4(), z.ipv6()]).describe('the address that the buyer comes from'),
      userAgent: z.string().max(1024).optional().describe("of the buyer's browser or app"),
    })
    .optional()
    .describe('where the buyer comes from; the address of the caller unless given'),
});
export type MerchantPaymentSessionBody = z.infer<typeof MerchantPaymentSessionBody>;

export const PaymentSessionStatus = z
  .enum([
    'requested',
    'created',
    'rejected',
    'pending',
    'failed',
    'under_review',
    'expired',
    'cancelled',
    'succeeded',
    'returned',
  ])
  .describe(
    '`requested`: Antom has not answered yet; `created`: the buyer can pay; `rejected`: there is no session, see `rejection`; ' +
      '`pending`: the bank has not decided; `failed`: one try failed, and the buyer may try again; `under_review`: money came that ' +
      'pays nothing by itself, and a person decides; `expired` and `cancelled`: it brings no money any more; `succeeded`: paid; ' +
      '`returned`: all of its money went back to the buyer without a refund of yours',
  );
export type PaymentSessionStatus = z.infer<typeof PaymentSessionStatus>;

const code = z.string().describe('a word for programs');
const message = z.string().describe('a sentence for a developer');
const createdAt = Timestamp.describe('when it was requested');
const errors = z
  .array(
    z.object({
      field: z.string().describe('a path in the request, such as order.expiresAt'),
      message: z.string().describe('what is wrong with it and how to put it right'),
    }),
  )
  .optional()
  .describe('each field of the request that is wrong');

/** A payment session as the app sees it. */
export const PaymentSessionView = z.object({
  id: PaymentSessionId,
  orderId: OrderId,
  status: PaymentSessionStatus,
  overdue: z
    .literal(true)
    .optional()
    .describe(
      'present while a request stays unanswered for more than a minute after its end: its outcome is unknown, ask for help',
    ),
  amount: Money.describe('what the buyer pays'),
  bankChoice: BankChoice.describe('how the buyer wants to pay'),
  sessionData: z
    .string()
    .optional()
    .describe("for Antom's SDK, to be passed on untouched; present while the session can be opened"),
  sessionExpiresAt: Timestamp.optional().describe('until then the buyer can begin to pay; comes with `sessionData`'),
  rejection: z
    .object({
      stage: z
        .string()
        .describe(
          '`policy`: Antom was not called; `provider`: Antom refused; `abandoned`: its session is handed to nobody',
        ),
      code,
      message,
      livingPaymentSessionId: z.string().optional().describe('the session of the same order that can still succeed'),
      errors,
    })
    .optional()
    .describe('why there is no session, where the status is `rejected`'),
  failure: z.object({ code, message }).optional().describe('why the last try failed, where the status is `failed`'),
  cancel: z
    .object({
      status: z
        .enum(['requested', 'cancelled', 'refused', 'unanswered', 'impossible'])
        .describe('what Antom answered; `requested`: nothing yet; `impossible`: this way of paying has no cancel'),
      reason: z.string().optional().describe('why, for a developer'),
    })
    .optional()
    .describe('present since the session is to be cancelled; what becomes of the session is its status'),
  paidAt: Timestamp.optional().describe("Antom's time of the payment, where the status is `succeeded`"),
  createdAt,
});
export type PaymentSessionView = z.infer<typeof PaymentSessionView>;

export const OrderView = z.object({
  id: OrderId,
  status: z
    .enum(['open', 'closing', 'closed', 'paid', 'returned'])
    .describe(
      '`closing`: no new payment session may start, and one of the old ones may still bring money; `returned`: the money that paid it ' +
        'went back to the buyer, and nothing else pays it',
    ),
  amount: Money.describe('what the order costs'),
  description: Description,
  paidAt: Timestamp.optional().describe('when it was paid'),
  paidBy: PaymentSessionId.optional().describe('the payment session whose money pays it'),
  refunded: Total.optional().describe('what went back of the payment that pays the order'),
  needsAttention: z.boolean().describe('whether a case about the order waits for a person'),
});
export type OrderView = z.infer<typeof OrderView>;

export const CreateRefundBody = z.strictObject({
  amount: Money.optional().describe('what is to go back; everything that is left of the payment unless given'),
  reason: Reason,
  paymentSessionId: PaymentSessionId.optional().describe('whose payment; the session that paid the order unless given'),
  paymentId: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe("Antom's id of the payment, for where one session was paid twice; its first payment unless given"),
});
export type CreateRefundBody = z.infer<typeof CreateRefundBody>;

/** A refund as the merchant sees it. */
export const RefundView = z.object({
  id: RefundRequestId,
  orderId: OrderId,
  paymentSessionId: PaymentSessionId,
  paymentId: PaymentId.optional().describe("Antom's id of the payment; absent until it is known"),
  amount: Money.describe('what is to go back to the buyer'),
  reason: Reason,
  status: z
    .enum(['requested', 'started', 'rejected', 'succeeded', 'failed'])
    .describe('`started`: the money may go back at any time; `rejected`: Antom was not called'),
  rejection: z
    .object({ code, message, errors })
    .optional()
    .describe('why it was not started, where the status is `rejected`'),
  failure: z.object({ code, message }).optional().describe('why no money went back, where the status is `failed`'),
  refundedAt: Timestamp.optional().describe('when the money went back'),
  createdAt,
});
export type RefundView = z.infer<typeof RefundView>;

export const CloseOrderBody = z.strictObject({ reason: Reason });
export type CloseOrderBody = z.infer<typeof CloseOrderBody>;

/** RFC 9457. `errors` names each field that is wrong and how to put it right. */
export const Problem = z.object({
  type: z.string().describe('a URI of the kind of problem'),
  title: z.string().describe('the problem in a few words'),
  status: z.int().describe('the HTTP status'),
  code,
  detail: z.string().optional().describe('a sentence for a developer'),
  errors,
});
export type Problem = z.infer<typeof Problem>;
