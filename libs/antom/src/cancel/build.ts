import { type FrozenRequest } from '../http/answer.js';
import { merchantAccountId } from '../requests/fields.js';
import { freeze } from '../requests/freeze.js';
import { type PaymentReference, paymentReference } from '../requests/references.js';

/** Antom's cancel, with Antom's names and limits. It is always of the whole payment. */
export const Cancel = paymentReference({ merchantAccountId: merchantAccountId.optional() });

/**
 * The wish that a payment can no longer succeed. Sent again it is the same wish.
 * @throws InvalidRequest unless exactly one id names the payment
 */
export const buildCancel = (
  payment: PaymentReference,
  account: { readonly merchantAccountId?: string } = {},
): FrozenRequest => freeze('cancel', Cancel, { ...payment, ...account });
