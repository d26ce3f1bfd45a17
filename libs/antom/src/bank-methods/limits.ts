import { type Money, minorDigits } from '@kasir/kernel';
import { type BankMethod, type BankWish } from './bank-method.js';
import { bankMethods } from './catalogue.js';
import { methodsOf } from './rules.js';

/**
 * Why no method of a choice takes this amount, and which bank does; undefined when one of the choice does, or the bank is
 * not in the catalogue. The limits are those of Antom's pages.
 */
export function limitProblem(amount: Money, choice: BankWish): string | undefined {
  const known = methodsOf(choice);
  if (known.length === 0 || known.some((method) => takes(method, amount))) return undefined;
  return `${limitOf(known, amount)} for this choice of bank; ${wayOut(amount)}`;
}

const takes = (method: BankMethod, { value, currency }: Money): boolean =>
  method.currency === currency && BigInt(value) >= lowest(method) && (method.max ?? BigInt(value)) >= BigInt(value);

function limitOf(known: readonly BankMethod[], { value, currency }: Money): string {
  const methods = known.filter((method) => method.currency === currency);
  if (methods.length === 0) return `cannot be paid in ${currency}, only in ${currenciesOf(known)}`;
  const min = methods.map(lowest).reduce((a, b) => (b < a ? b : a));
  return BigInt(value) < min
    ? `must be at least ${inWords(min, currency)}`
    : `must be at most ${inWords(highest(methods), currency)}`;
}

/** So many banks are named; who wants to see all of them asks for those of a country. */
const mostNamed = 3;

function wayOut(amount: Money): string {
  const banks = [...new Set(bankMethods.filter((method) => takes(method, amount)).map(({ bank }) => bank))];
  if (banks.length === 0) return 'no other bank takes it, so ask for another amount';
  const others = banks.length > mostNamed ? ' and others' : '';
  return `choose another bank: ${banks.slice(0, mostNamed).join(', ')}${others}`;
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
