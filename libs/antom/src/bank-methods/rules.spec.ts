import { bankMethods } from './catalogue.js';
import { canCancel, canRefund, limitProblem, longestPaymentMs, methodsOf } from './rules.js';

const minutes = 60_000;
const hours = 60 * minutes;
const baht = (value: string) => ({ value, currency: 'THB' });
const rupiah = (value: string) => ({ value, currency: 'IDR' });

describe('the catalogue of banks', () => {
  it('names each bank once in its category and country', () => {
    const names = bankMethods.map(({ country, category, bank }) => `${country} ${category} ${bank}`);
    expect(new Set(names).size).toBe(names.length);
    expect(bankMethods).toHaveLength(26);
  });

  it('has sane limits', () => {
    expect(bankMethods.filter(({ min = 1n, max = min }) => min < 1n || max < min)).toEqual([]);
  });
});

describe('what a choice can lead to', () => {
  it.each([
    ['an app', { category: 'MOBILE_BANKING_APP' }, 4],
    ['a bank by all its ways', { bankName: 'Siam Commerical Bank' }, 3],
    ['the banks of a country', { region: 'ID' }, 11],
    ['a bank that nobody knows', { bankName: 'Bank of Mika' }, 0],
  ] as const)('is, for %s, so many methods', (_, choice, count) => {
    expect(methodsOf(choice)).toHaveLength(count);
  });

  it('is narrowed by the currency', () => {
    expect(methodsOf({ category: 'ONLINE_BANKING' }, 'THB').map(({ bank }) => bank)).toEqual([
      'Bangkok Bank',
      'Bank of Ayudhya',
      'KrungThai Bank',
      'Siam Commerical Bank',
      'Kasikorn Bank',
    ]);
  });
});

describe('the longest that a payment can take', () => {
  it.each([
    ['by app', { category: 'MOBILE_BANKING_APP' }, 14 * minutes],
    ['online', { category: 'ONLINE_BANKING' }, 14 * minutes],
    ['by transfer', { category: 'BANK_TRANSFER' }, 48 * hours],
    ['at a bank that also takes transfers', { bankName: 'Bangkok Bank' }, 48 * hours],
    ['at a bank without transfers', { bankName: 'Brankas' }, 14 * minutes],
    ['in a country', { region: 'TH' }, 48 * hours],
    ['at a bank that nobody knows', { bankName: 'Bank of Mika' }, 48 * hours],
  ] as const)('%s', (_, choice, longest) => {
    expect(longestPaymentMs(choice)).toBe(longest);
  });
});

describe('cancelling', () => {
  it.each([
    ['is possible in Thailand before the money came', { region: 'TH' }, { paid: false }, 'yes'],
    ['is too late in Thailand afterwards', { region: 'TH' }, { paid: true }, 'no'],
    ['is never possible in Indonesia', { region: 'ID' }, { paid: false }, 'no'],
    ['depends on the country for a kind of bank', { category: 'ONLINE_BANKING' }, { paid: false }, 'depends'],
    [
      'is known for a kind of bank where the currency is',
      { category: 'ONLINE_BANKING' },
      { paid: false, currency: 'THB' },
      'yes',
    ],
    ['depends at a bank that nobody knows', { bankName: 'Bank of Mika' }, { paid: false }, 'depends'],
  ] as const)('%s', (_, choice, payment, possible) => {
    expect(canCancel(choice, payment)).toBe(possible);
  });
});

describe('refunding', () => {
  it.each([
    ['is possible at no bank of Thailand', { region: 'TH' }, 'no'],
    ['is possible at no bank of Indonesia', { region: 'ID' }, 'no'],
    ['depends at a bank that nobody knows', { bankName: 'Bank of Mika' }, 'depends'],
  ] as const)('%s', (_, choice, possible) => {
    expect(canRefund(choice)).toBe(possible);
  });
});

describe('an amount', () => {
  it.each([
    ['one baht', baht('100'), { bankName: 'Siam Commerical Bank' }],
    ['two million baht', baht('200000000'), { category: 'MOBILE_BANKING_APP' }],
    ['five million baht at Kasikorn', baht('500000000'), { bankName: 'Kasikorn Bank' }],
    ['five million baht by any transfer, because Kasikorn takes it', baht('500000000'), { category: 'BANK_TRANSFER' }],
    ['ten thousand rupiah', rupiah('1000000'), { region: 'ID' }],
    ['any rupiah where the bank has no limit of Antom’s', rupiah('99999999999900'), { category: 'ONLINE_BANKING' }],
    ['anything at a bank that nobody knows', baht('1'), { bankName: 'Bank of Mika' }],
  ] as const)('may be %s', (_, amount, choice) => {
    expect(limitProblem(amount, choice)).toBeUndefined();
  });

  it.each([
    ['99 satang', baht('99'), { region: 'TH' }, 'must be at least 1.00 THB'],
    ['more than an app takes', baht('200000001'), { category: 'MOBILE_BANKING_APP' }, 'must be at most 2000000.00 THB'],
    ['more than Kasikorn takes', baht('500000001'), { bankName: 'Kasikorn Bank' }, 'must be at most 5000000.00 THB'],
    ['less than a virtual account takes', rupiah('999900'), { bankName: 'Permata' }, 'must be at least 10000.00 IDR'],
    ['rupiah in Thailand', rupiah('1000000'), { region: 'TH' }, 'cannot be paid in IDR, only in THB'],
    ['dollars', { value: '100', currency: 'USD' }, { category: 'BANK_TRANSFER' }, 'only in THB or IDR'],
  ] as const)('may not be %s', (_, amount, choice, message) => {
    expect(limitProblem(amount, choice)).toContain(message);
  });
});
