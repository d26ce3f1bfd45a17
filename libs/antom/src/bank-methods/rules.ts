import { type BankMethod, type BankWish } from './bank-method.js';
import { bankMethods } from './catalogue.js';

/** `depends` where the choice can lead to methods that differ, or to a bank that is not in the catalogue. */
export type Possible = 'yes' | 'no' | 'depends';

/** Every method that a choice can lead to; with a currency, only those that take it. */
export const methodsOf = ({ bankName, category, region }: BankWish, currency?: string): readonly BankMethod[] =>
  bankMethods.filter(
    (method) =>
      (bankName === undefined || method.bank === bankName) &&
      (category === undefined || method.category === category) &&
      (region === undefined || method.country === region) &&
      (currency === undefined || method.currency === currency),
  );

/**
 * How long after the shopper chose a bank the payment may still be decided, in milliseconds: the longest of all the
 * methods that the choice can lead to. A bank that nobody knows counts as the slowest.
 */
export function longestPaymentMs(choice: BankWish): number {
  const methods = methodsOf(choice);
  return Math.max(...(methods.length === 0 ? bankMethods : methods).map(({ timeoutMs }) => timeoutMs));
}

/** Whether Antom can cancel what came of a choice. */
export const canCancel = (
  choice: BankWish,
  payment: { readonly currency?: string; readonly paid: boolean },
): Possible =>
  whether(methodsOf(choice, payment.currency), ({ cancellable }) => cancellable === 'until paid' && !payment.paid);

/** Whether Antom can give back, by API, what was paid by a choice. Where it can't, the merchant settles with the shopper. */
export const canRefund = (choice: BankWish, payment: { readonly currency?: string } = {}): Possible =>
  whether(methodsOf(choice, payment.currency), ({ refundable }) => refundable);

function whether(methods: readonly BankMethod[], can: (method: BankMethod) => boolean): Possible {
  if (methods.length === 0) return 'depends';
  if (methods.every(can)) return 'yes';
  return methods.some(can) ? 'depends' : 'no';
}
