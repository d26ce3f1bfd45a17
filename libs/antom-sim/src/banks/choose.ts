import { type Money } from '@kasir/kernel';
import { type BankMethod, type Category } from './bank-method.js';
import { catalogue } from './catalogue.js';

/** What a session was opened for: one bank, a kind of bank, or the banks of a country. */
export type BankChoice = Readonly<Record<string, string>>;

/** Antom's SDK tries an app first, then online banking, then a transfer. */
const inOrder: readonly Category[] = ['MOBILE_BANKING_APP', 'ONLINE_BANKING', 'BANK_TRANSFER'];

/** There are few choices, and each is asked for again and again. */
const answers = new Map<string, readonly BankMethod[]>();

/** The ways to pay that a session offers, the one that Antom's SDK prefers first. A desktop has no banking app. */
export function methodsFor(choice: BankChoice, currency: string, terminal = 'APP'): readonly BankMethod[] {
  const apps = terminal !== 'WEB';
  const { bankName, paymentMethodCategory, paymentMethodRegion } = choice;
  const question = [bankName, paymentMethodCategory, paymentMethodRegion, currency, apps].join('|');
  const known = answers.get(question);
  if (known !== undefined) return known;
  const found = find(choice, currency, apps);
  if (answers.size < 1_000) answers.set(question, found);
  return found;
}

function find(choice: BankChoice, currency: string, apps: boolean): readonly BankMethod[] {
  const fitting = catalogue.filter(
    (method) =>
      method.currency === currency &&
      (apps || method.category !== 'MOBILE_BANKING_APP') &&
      (choice['bankName'] === undefined || isBank(method, choice['bankName'])) &&
      (choice['paymentMethodCategory'] ?? method.category) === method.category &&
      (choice['paymentMethodRegion'] ?? method.country) === method.country,
  );
  return inOrder.flatMap((category) => fitting.filter((method) => method.category === category));
}

/** The way to pay where nobody chose one; a bank that the catalogue does not know follows the rules of its country. */
export const preferredMethod = (choice: BankChoice, currency: string, terminal?: string): BankMethod =>
  methodsFor(choice, currency, terminal)[0] ?? unknownBank(choice['bankName'] ?? 'Some bank', currency);

export const methodOf = (code: string): BankMethod | undefined => catalogue.find((method) => method.code === code);

/** Why a method does not take an amount, in the word of Antom's consult, or undefined when it does. */
export function limitProblem({ limits, currency }: BankMethod, amount: Money): string | undefined {
  if (amount.currency !== currency) return 'CHANNEL_NOT_SUPPORT_CURRENCY';
  const value = BigInt(amount.value);
  const below = limits.min !== undefined && value < BigInt(limits.min);
  const above = limits.max !== undefined && value > BigInt(limits.max);
  return below || above ? 'EXCEED_CHANNEL_LIMIT_RULE' : undefined;
}

const letters = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/g, '');

/** Antom writes one bank in two ways, "Commercial" and "Commerical". */
const isBank = ({ bank }: BankMethod, name: string): boolean =>
  letters(bank).replace('commerical', 'commercial') === letters(name).replace('commerical', 'commercial');

function unknownBank(bank: string, currency: string): BankMethod {
  const like = catalogue.find((method) => method.currency === currency) ?? catalogue.at(-1)!;
  return { ...like, bank, code: 'BANK', currency, limits: {} };
}
