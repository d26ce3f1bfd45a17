import { z } from 'zod';
import {
  BankChoice,
  Buyer,
  Description,
  Money,
  OrderId,
  PaymentSessionId,
  Reason,
  RefundRequestId,
  Terminal,
  Timestamp,
  Total,
} from './fields.js';

/** What the merchant's back end signs, so that the shopper can't change the amount. */
export const CheckoutTokenClaims = z.object({
  order: z.strictObject({
    id: OrderId,
    amount: Money,
    description: Description,
    /** Ends the order; the token's own `exp` only opens the door. Default: 24 hours after the token was signed. */
    expiresAt: Timestamp.optional(),
  }),
  /** What the shopper pays where a promotion makes it differ from the order's amount. */
  payment: z.strictObject({ amount: Money }).optional(),
  buyer: Buyer.optional(),
  /** Where the bank sends the shopper afterwards: https, or http on this machine. */
  redirectUrl: z
    .url({ protocol: /^https?$/ })
    .max(1800)
    .optional(),
});
export type CheckoutTokenClaims = z.infer<typeof CheckoutTokenClaims>;

export const CreatePaymentSessionBody = z.strictObject({ bankChoice: BankChoice, terminal: Terminal });
export type CreatePaymentSessionBody = z.infer<typeof CreatePaymentSessionBody>;

/** What a merchant's server asks for: with a secret key it needs no token, and puts the order beside the choice. */
export const MerchantPaymentSessionBody = z.strictObject({
  ...CreatePaymentSessionBody.shape,
  ...CheckoutTokenClaims.shape,
  /** Where the shopper comes from; the address of the caller unless given. */
  shopper: z.strictObject({ ip: z.union([z.ipv4(), z.ipv6()]), userAgent: z.string().max(1024).optional() }).optional(),
});
export type MerchantPaymentSessionBody = z.infer<typeof MerchantPaymentSessionBody>;

export const PaymentSessionStatus = z.enum([
  'requested',
  'created',
  'rejected',
  'pending',
  'failed',
  'mismatched',
  'expired',
  'cancelled',
  'succeeded',
]);
export type PaymentSessionStatus = z.infer<typeof PaymentSessionStatus>;

/** A payment session as the app sees it. */
export const PaymentSessionView = z.object({
  id: PaymentSessionId,
  orderId: OrderId,
  status: PaymentSessionStatus,
  amount: Money,
  bankChoice: BankChoice,
  /** For Antom's SDK, to be passed on untouched; present while the session can be opened. */
  sessionData: z.string().optional(),
  sessionExpiresAt: Timestamp.optional(),
  rejection: z
    .object({ stage: z.string(), code: z.string(), message: z.string(), livingPaymentSessionId: z.string().optional() })
    .optional(),
  failure: z.object({ code: z.string(), message: z.string() }).optional(),
  /** Present since somebody wanted the session cancelled. */
  cancel: z
    .object({
      status: z.enum(['requested', 'cancelled', 'refused', 'unanswered', 'impossible']),
      reason: z.string().optional(),
    })
    .optional(),
  paidAt: Timestamp.optional(),
  createdAt: Timestamp,
});
export type PaymentSessionView = z.infer<typeof PaymentSessionView>;

export const OrderView = z.object({
  id: OrderId,
  /** `closing`: no new attempt may start, and one of the old ones may still bring money. */
  status: z.enum(['open', 'closing', 'closed', 'paid']),
  amount: Money,
  description: Description,
  paidAt: Timestamp.optional(),
  paidBy: PaymentSessionId.optional(),
  /** Of the payment that paid the order. */
  refunded: Total.optional(),
});
export type OrderView = z.infer<typeof OrderView>;

export const CreateRefundBody = z.strictObject({
  /** Everything that is left of the payment, unless it says less. */
  amount: Money.optional(),
  reason: Reason,
  /** The payment that paid the order, unless it names another. */
  paymentSessionId: PaymentSessionId.optional(),
  /** Antom's id of the payment, for where one session was paid twice; without it the first payment is meant. */
  paymentId: z.string().min(1).max(64).optional(),
});
export type CreateRefundBody = z.infer<typeof CreateRefundBody>;

/** A refund as the merchant sees it. */
export const RefundView = z.object({
  id: RefundRequestId,
  orderId: OrderId,
  paymentSessionId: PaymentSessionId,
  /** Antom's id of the payment; absent until it is known. */
  paymentId: z.string().optional(),
  amount: Money,
  reason: Reason,
  status: z.enum(['requested', 'started', 'rejected', 'succeeded', 'failed']),
  rejection: z.object({ code: z.string(), message: z.string() }).optional(),
  failure: z.object({ code: z.string(), message: z.string() }).optional(),
  refundedAt: Timestamp.optional(),
  createdAt: Timestamp,
});
export type RefundView = z.infer<typeof RefundView>;

export const CloseOrderBody = z.strictObject({ reason: Reason });
export type CloseOrderBody = z.infer<typeof CloseOrderBody>;

/** RFC 9457. `errors` names each field that is wrong and how to mend it. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;
