/** Minor units as a digit string, so that no amount ever passes through a float: "160" THB is 1.60 baht. */
export interface Money {
  readonly value: string;
  /** ISO 4217 */
  readonly currency: string;
}

interface CurrencyRule {
  readonly minorDigits: number;
  /** Amounts must be a multiple of this many minor units. */
  readonly multipleOf?: bigint;
}

const twoDigits: CurrencyRule = { minorDigits: 2 };
const noDigits: CurrencyRule = { minorDigits: 0 };

/** Source: Antom's currency table; rupiah has two minor digits, and both must be zero. */
const currencies: ReadonlyMap<string, CurrencyRule> = new Map(
  Object.entries({
    THB: twoDigits,
    IDR: { minorDigits: 2, multipleOf: 100n },
    USD: twoDigits,
    SGD: twoDigits,
    HKD: twoDigits,
    MYR: twoDigits,
    PHP: twoDigits,
    CNY: twoDigits,
    EUR: twoDigits,
    TWD: twoDigits,
    JPY: noDigits,
    KRW: noDigits,
    VND: noDigits,
    CLP: noDigits,
  }),
);

/** How many minor digits a currency has, or undefined where it is not known to us. */
export const minorDigits = (currency: string): number | undefined => currencies.get(currency)?.minorDigits;

export const sameMoney = (a: Money, b: Money): boolean =>
  a.currency === b.currency && BigInt(a.value) === BigInt(b.value);

/** @throws RangeError when the currencies differ */
export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new RangeError(`cannot add ${b.currency} to ${a.currency}`);
  return { value: String(BigInt(a.value) + BigInt(b.value)), currency: a.currency };
}

/** What is wrong with an amount and how to mend it, or undefined when a shopper can be asked to pay it. */
export function moneyProblem({ value, currency }: Money): { field: keyof Money; message: string } | undefined {
  const wrong = (field: keyof Money, message: string) => ({ field, message });
  if (!/^\d{1,16}$/.test(value))
    return wrong('value', 'must be a string of 1 to 16 digits in minor units, such as "160" for 1.60 THB');
  const rule = currencies.get(currency);
  if (rule === undefined) return wrong('currency', `must be one of ${[...currencies.keys()].join(', ')}`);
  if (BigInt(value) === 0n) return wrong('value', 'must be more than zero');
  if (value.startsWith('0')) return wrong('value', 'must not begin with a zero');
  if (rule.multipleOf !== undefined && BigInt(value) % rule.multipleOf !== 0n)
    return wrong('value', `must be a multiple of ${rule.multipleOf} minor units for ${currency}`);
  return undefined;
}
