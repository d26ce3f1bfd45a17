import { type Money } from '@kasir/kernel';
import { type BankMethod } from '../banks/bank-method.js';
import { catalogue, fpxBanks } from '../banks/catalogue.js';
import { limitProblem } from '../banks/choose.js';
import { type Answer, refused } from './answer.js';
import { at, type Check, currency, firstProblem, minorUnits, oneOf, optional, required } from './field-rules.js';
import { success } from './results.js';

const texts =
  (most: number): Check =>
  (value) =>
    Array.isArray(value) && value.length <= most && value.every((one) => typeof one === 'string')
      ? undefined
      : `must be a list of at most ${most} texts`;

const fieldRules = [
  required('productCode', oneOf('CASHIER_PAYMENT')),
  required('paymentAmount.currency', currency),
  required('paymentAmount.value', minorUnits),
  optional('settlementStrategy.settlementCurrency', currency),
  optional('env.terminalType', oneOf('WEB', 'WAP', 'APP', 'MINI_APP')),
  optional('env.osType', oneOf('IOS', 'ANDROID')),
  optional('allowedPaymentMethodRegions', texts(100)),
  optional('allowedPaymentMethods', texts(100)),
  optional('blockedPaymentMethods', texts(100)),
];

/** Says which bank methods take an amount, and why the others do not. */
export function consult(body: unknown): Answer {
  const problem = firstProblem(body, fieldRules);
  if (problem !== undefined) return refused('PARAM_ILLEGAL', `Illegal parameters: ${problem}.`);
  const amount = at(body, 'paymentAmount') as Money;
  const options = wanted(body, amount).map((method) => option(method, amount));
  return options.length === 0
    ? refused('NO_PAY_OPTIONS', 'There is no payment method for this request.')
    : { result: success, paymentOptions: options };
}

function wanted(body: unknown, amount: Money): BankMethod[] {
  const regions = at(body, 'allowedPaymentMethodRegions') as string[] | undefined;
  const allowed = at(body, 'allowedPaymentMethods') as string[] | undefined;
  const blocked = at(body, 'blockedPaymentMethods') as string[] | undefined;
  const desktop = at(body, 'env.terminalType') === 'WEB';
  return catalogue.filter(
    ({ code, country, currency: unit, category }) =>
      (regions === undefined || regions.includes('GLOBAL') ? unit === amount.currency : regions.includes(country)) &&
      (allowed?.includes(code) ?? true) &&
      !(blocked?.includes(code) ?? false) &&
      !(desktop && category === 'MOBILE_BANKING_APP'),
  );
}

function option(method: BankMethod, amount: Money): object {
  const { code, bank, category, country, currency: unit, limits } = method;
  const problem = limitProblem(method, amount);
  const money = (value: string | undefined) => (value === undefined ? undefined : { currency: unit, value });
  const singleLimit = { minAmount: money(limits.min), maxAmount: money(limits.max) };
  return {
    paymentMethodType: code,
    paymentMethodCategory: category,
    paymentMethodRegion: [country],
    enabled: problem === undefined,
    preferred: false,
    ...(problem === undefined ? {} : { disableReason: problem }),
    supportedCurrencies: [unit],
    logo: { logoName: bank.slice(0, 12), logoUrl: `https://simulator.invalid/logo/${code}.svg` },
    amountLimitInfoMap: { [unit]: { singleLimit } },
    interactionType: category === 'BANK_TRANSFER' ? 'ATM' : 'REDIRECT',
    ...(code === 'ONLINEBANKING_FPX' ? { paymentOptionDetail: { supportBanks: fpxBanks.map(supportBank) } } : {}),
  };
}

const supportBank = ({ code, name }: { code: string; name: string }) => ({
  bankIdentifierCode: code,
  bankShortName: name,
});
