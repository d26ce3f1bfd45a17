import { type BankMethod } from './bank-method.js';

const minute = 60_000;
const hour = 60 * minute;

const baht = (amount: number): bigint => BigInt(amount) * 100n;
const rupiah = (amount: number): bigint => BigInt(amount) * 100n;

/** Source: Antom's pages of SCB, Bangkok Bank, Krungsri, KTB and KBank. None can be refunded by API. */
const thai = {
  country: 'TH',
  currency: 'THB',
  min: baht(1),
  max: baht(2_000_000),
  cancellable: 'until paid',
  refundable: false,
} as const;

/** Source: Antom's page of bank transfers, and its cancel page, whose older table excepts Indonesia's local methods. */
const indonesian = { country: 'ID', currency: 'IDR', cancellable: 'never', refundable: false } as const;

/**
 * Antom prints 1,000,000 to 10,000,000,000 and leaves open whether these are rupiah or minor units. Both readings are taken
 * together: what is outside of them is refused without asking Antom.
 */
const virtualAccount = { min: rupiah(10_000), max: rupiah(10_000_000_000) } as const;

/** Source: Antom's table of default time-outs. Online banking in Indonesia is not in it; it falls under "most methods". */
const soon = 14 * minute;
const withinTwoDays = 48 * hour;

const kasikornMax = baht(5_000_000);
const four = ['Bangkok Bank', 'Bank of Ayudhya', 'KrungThai Bank', 'Siam Commerical Bank'];

const thaiMethods = (
  category: BankMethod['category'],
  timeoutMs: number,
  banks: readonly string[],
  more: Partial<BankMethod> = {},
): BankMethod[] => banks.map((bank) => ({ ...thai, category, bank, timeoutMs, ...more }));

const atmNote = { note: 'at most 500,000 baht at an ATM' };

/** Every bank of the bank SDK, as data. */
export const bankMethods: readonly BankMethod[] = [
  ...thaiMethods('MOBILE_BANKING_APP', soon, four),
  ...thaiMethods('ONLINE_BANKING', soon, four),
  ...thaiMethods('ONLINE_BANKING', soon, ['Kasikorn Bank'], { max: kasikornMax }),
  ...thaiMethods('BANK_TRANSFER', withinTwoDays, [...four, 'Government Savings Bank'], atmNote),
  ...thaiMethods('BANK_TRANSFER', withinTwoDays, ['Kasikorn Bank'], { ...atmNote, max: kasikornMax }),
  ...['BNI', 'BSI', 'CIMB Niaga', 'Mandiri', 'Maybank', 'Permata', 'ATM Bersama/Prima/Alto'].map(
    (bank): BankMethod => ({
      ...indonesian,
      ...virtualAccount,
      category: 'BANK_TRANSFER',
      bank,
      timeoutMs: withinTwoDays,
    }),
  ),
  { ...indonesian, ...virtualAccount, category: 'ONLINE_BANKING', bank: 'CIMB Niaga', timeoutMs: soon },
  ...['BNI', 'Mandiri', 'Brankas'].map((bank): BankMethod => ({
    ...indonesian,
    category: 'ONLINE_BANKING',
    bank,
    timeoutMs: soon,
    ...(bank === 'Brankas' ? {} : { note: "the shopper's own limit at the bank" }),
  })),
];
