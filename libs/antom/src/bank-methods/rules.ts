import { type Money, minorDigits } from '@kasir/kernel';
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

/** Why no method of a choice takes this amount, or undefined when one does or the bank is not in the catalogue. */
export function limitProblem(amount: Money, choice: BankWish): string | undefined {
  const known = methodsOf(choice);
  if (known.length === 0) return undefined;
  const methods = known.filter(({ currency }) => currency === amount.currency);
  if (methods.length === 0) return `cannot be paid in ${amount.currency}, only in ${currenciesOf(known)}`;
  const value = BigInt(amount.value);
  if (methods.some((method) => value >= lowest(method) && value <= (method.max ?? value))) return undefined;
  const min = methods.map(lowest).reduce((a, b) => (b < a ? b : a));
  return value < min
    ? `must be at least ${inWords(min, amount.currency)}`
    : `must be at most ${inWords(highest(methods), amount.currency)}`;
}

const lowest = ({ min = 1n }: BankMethod): bigint => min;
const highest = (methods: readonly BankMethod[]): bigint =>
  methods.map(({ max = 0n }) => max).reduce((a, b) => (b > a ? b : a));

const currenciesOf = (methods: readonly BankMethod[]): string =>
  [...new Set(methods.map(({ currency }) => currency))].join(' or ');

/** Minor units as people write them: 100 THB in minor units is "1.00 THB". */
function inWords(value: bigint, currency: string): string {
  const digits = minorDigits(currency) ?? 0;
  const text = String(value).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return `${whole}${digits === 0 ? '' : `.${text.slice(-digits)}`} ${currency}`;
}
