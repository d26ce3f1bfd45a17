import { type FrozenRequest } from '../http/answer.js';
import { merchantAccountId } from '../requests/fields.js';
import { freeze } from '../requests/freeze.js';
import { type RefundReference, refundReference } from '../requests/references.js';

/** Antom's inquiryRefund, with Antom's names and limits. */
export const InquiryRefund = refundReference({ merchantAccountId: merchantAccountId.optional() });

/**
 * The question how a refund stands.
 * @throws InvalidRequest unless exactly one id names the refund
 */
export const buildInquiryRefund = (
  about: RefundReference,
  account: { readonly merchantAccountId?: string } = {},
): FrozenRequest => freeze('inquiryRefund', InquiryRefund, { ...about, ...account });
