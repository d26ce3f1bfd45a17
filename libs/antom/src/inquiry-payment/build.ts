import { type FrozenRequest } from '../http/answer.js';
import { merchantAccountId } from '../requests/fields.js';
import { freeze } from '../requests/freeze.js';
import { type PaymentReference, paymentReference } from '../requests/references.js';

/** Antom's inquiryPayment, with Antom's names and limits. */
export const InquiryPayment = paymentReference({ merchantAccountId: merchantAccountId.optional() });

/**
 * The question how a payment stands.
 * @throws InvalidRequest unless exactly one id names the payment
 */
export const buildInquiryPayment = (
  about: PaymentReference,
  account: { readonly merchantAccountId?: string } = {},
): FrozenRequest => freeze('inquiryPayment', InquiryPayment, { ...about, ...account });
