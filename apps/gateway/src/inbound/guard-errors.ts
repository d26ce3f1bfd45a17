import { type FieldError } from '@kasir/platform';

/** What the guard said of a request, and how the caller wrote that request. */
export interface Said {
  readonly code: string;
  readonly message: string;
  /** Where the request says what the shopper is to pay. */
  readonly amountField: string;
}

/** The fields of the request that the guard found wrong; undefined where it speaks of other payments of the order. */
export function errorsOfGuard({ code, message, amountField }: Said): readonly FieldError[] | undefined {
  const prefix = amountField.startsWith('token.') ? 'token.' : '';
  switch (code) {
    case 'amount_not_payable':
      return [{ field: amountField, message }];
    case 'order_expired':
    case 'order_expires_too_soon':
      return [{ field: `${prefix}order.expiresAt`, message }];
    case 'invalid_request':
      return fieldsIn(message).map(({ field, ...fix }) => ({ field: placeOf(field, prefix), ...fix }));
    default:
      return undefined;
  }
}

/** The guard names each field and how to mend it: `order.description must be shorter; buyer.email must be shorter`. */
const fieldsIn = (message: string): FieldError[] =>
  message.split('; ').flatMap((part) => {
    const [, field, fix] = /^([A-Za-z0-9.]+) (\S.*)$/.exec(part) ?? [];
    return field === undefined || fix === undefined ? [] : [{ field, message: fix }];
  });

/** An app chooses bank and terminal in its body; everything else stands in its token. */
const placeOf = (field: string, prefix: string): string =>
  /^(bankChoice|terminal|shopper)\b/.test(field) ? field : prefix + field;
