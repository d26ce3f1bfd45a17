import { bankMethods } from './catalogue.js';
import { canCancel, canRefund, longestPaymentMs, methodsOf } from './rules.js';

const minutes = 60_000;
const hours = 60 * minutes;

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
