import { type Money } from '@kasir/kernel';
import { z } from 'zod';
import { type FrozenRequest } from '../http/answer.js';
import { Amount, id, merchantAccountId, plainId, text } from '../requests/fields.js';
import { freeze } from '../requests/freeze.js';
import { notifyUrl } from '../requests/urls.js';

/** Antom's refund, with Antom's names and limits. */
export const Refund = z.strictObject({
  refundRequestId: plainId,
  /** Antom's id of the payment: it does not take ours here. */
  paymentId: id,
  refundAmount: Amount,
  refundReason: text(256).optional(),
  /** Shorter than in the other calls. */
  refundNotifyUrl: notifyUrl(1024).optional(),
  referenceRefundId: id.optional(),
  /** Antom's pages say 64 for what we send and 2048 for what comes back: the shorter is safe. */
  metadata: text(64).optional(),
  merchantAccountId: merchantAccountId.optional(),
});

/** What we want to give back, in our own words. */
export interface RefundWish {
  /** Names this refund for ever: a repeat under the same id gives the money back once. */
  readonly refundRequestId: string;
  /** Antom's id of the payment, from its notification or an inquiry. */
  readonly paymentId: string;
  /** In the currency of the payment; all refunds together never more than the payment. */
  readonly amount: Money;
  readonly reason?: string | undefined;
  /** Our public address for Antom's news of refunds, without a query. Without it the address of its dashboard is used. */
  readonly notifyUrl?: string | undefined;
  /** The merchant's own id of the refund. */
  readonly referenceRefundId?: string | undefined;
  readonly metadata?: string | undefined;
  readonly merchantAccountId?: string | undefined;
}

/**
 * The whole request as bytes, to be stored and sent as often as needed: the same wish gives the same bytes.
 * @throws InvalidRequest naming every field that Antom would refuse
 */
export const buildRefund = (wish: RefundWish): FrozenRequest =>
  freeze('refund', Refund, {
    refundRequestId: wish.refundRequestId,
    paymentId: wish.paymentId,
    refundAmount: wish.amount,
    refundReason: wish.reason,
    refundNotifyUrl: wish.notifyUrl,
    referenceRefundId: wish.referenceRefundId,
    metadata: wish.metadata,
    merchantAccountId: wish.merchantAccountId,
  });
