import { type FieldError } from '@kasir/platform';

/** Codes that another moment may turn; every other one is about the request itself. */
const ofTheMoment: readonly string[] = [
  ...['order_paid', 'order_closed', 'order_sealed', 'money_under_review', 'session_lives', 'attempt_in_progress'],
  ...['too_late', 'provider_silent', 'replaced', 'payment_not_succeeded', 'duplicate_open', 'payment_disputed'],
];

/** Never a 5xx: the answer is final for its key, and only a new key may bring another one. */
export const statusOf = (code: string): 409 | 422 => (ofTheMoment.includes(code) ? 409 : 422);

/** `errors` as a part of a problem. */
export const errorsIn = (errors: readonly FieldError[] = []): { readonly errors?: readonly FieldError[] } =>
  errors.length === 0 ? {} : { errors };

/**
 * Names a field as the caller has written it: an app chooses bank and terminal in its body, and everything else is in its token.
 * @param amountField where the request names what the buyer pays
 */
export function fieldOf(field: string, amountField: string): string {
  const prefix = amountField.startsWith('token.') ? 'token.' : '';
  if (/^(bankChoice|terminal|shopper)\b/.test(field)) return field;
  return /^(payment\.)?amount\b/.test(field) ? field.replace(/^(payment\.)?amount/, amountField) : prefix + field;
}
