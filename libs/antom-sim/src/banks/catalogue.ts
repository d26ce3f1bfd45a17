import { type BankMethod, type Category, type Country } from './bank-method.js';

const minute = 60_000;
const hour = 60 * minute;
const fewMinutes = 14 * minute;
const twoDays = 48 * hour;

type Rules = Omit<BankMethod, 'code' | 'bank' | 'limits'>;
type Row = readonly [bank: string, code: string, min?: string | undefined, max?: string];

const list = (rules: Rules, rows: readonly Row[]): BankMethod[] =>
  rows.map(([bank, code, min, max]) => ({
    ...rules,
    bank,
    code,
    limits: { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) },
  }));

/** Antom's pages on its banks: no API refund anywhere, a cancel only before success. */
const thai = (category: Category, timeOutMs: number): Rules => ({
  country: 'TH',
  currency: 'THB',
  category,
  timeOutMs,
  cancel: 'before success',
  refund: 'never',
});

/** Antom's older table: no cancel. Its time-out for online banking is not printed; 14 minutes is its usual one. */
const indonesian = (category: Category, timeOutMs: number): Rules => ({
  country: 'ID',
  currency: 'IDR',
  category,
  timeOutMs,
  cancel: 'never',
  refund: 'never',
});

const abroad = (country: Country, currency: string, refund: BankMethod['refund']): Rules => ({
  country,
  currency,
  category: 'ONLINE_BANKING',
  timeOutMs: fewMinutes,
  cancel: 'until 00:15 of the next day',
  refund,
});

const baht = ['100', '200000000'] as const;
const kasikorn = ['100', '500000000'] as const;
const rupiah = ['1000000', '10000000000'] as const;

/** Antom's banks, in the order in which a buyer sees them. Spelling and limits are Antom's own. */
export const catalogue: readonly BankMethod[] = [
  ...list(thai('MOBILE_BANKING_APP', fewMinutes), [
    ['Bangkok Bank', 'BANKAPP_BANGKOKBANK', ...baht],
    ['Bank of Ayudhya', 'BANKAPP_BANKOFAYUDHYA', ...baht],
    ['KrungThai Bank', 'BANKAPP_KRUNGTHAIBANK', ...baht],
    ['Siam Commerical Bank', 'BANKAPP_SIAMCOMMERCIALBANK', ...baht],
  ]),
  ...list(thai('ONLINE_BANKING', fewMinutes), [
    ['Bangkok Bank', 'ONLINEBANKING_BANGKOKBANK', ...baht],
    ['Bank of Ayudhya', 'ONLINEBANKING_BANKOFAYUDHYA', ...baht],
    ['KrungThai Bank', 'ONLINEBANKING_KRUNGTHAIBANK', ...baht],
    ['Siam Commerical Bank', 'ONLINEBANKING_SIAMCOMMERCIALBANK', ...baht],
    ['Kasikorn Bank', 'ONLINEBANKING_KASIKORNBANK', ...kasikorn],
  ]),
  ...list(thai('BANK_TRANSFER', twoDays), [
    ['Bangkok Bank', 'BANKTRANSFER_BANGKOKBANK', ...baht],
    ['Bank of Ayudhya', 'BANKTRANSFER_BANKOFAYUDHYA', ...baht],
    ['KrungThai Bank', 'BANKTRANSFER_KRUNGTHAIBANK', ...baht],
    ['Siam Commerical Bank', 'BANKTRANSFER_SIAMCOMMERCIALBANK', ...baht],
    ['Kasikorn Bank', 'BANKTRANSFER_KASIKORNBANK', ...kasikorn],
    ['Government Savings Bank', 'BANKTRANSFER_GOVERNMENTSAVINGSBANK', ...baht],
  ]),
  ...list(indonesian('BANK_TRANSFER', twoDays), [
    ['BNI', 'BANKTRANSFER_BNI', ...rupiah],
    ['BSI', 'BANKTRANSFER_BSI', ...rupiah],
    ['CIMB Niaga', 'CIMBNIAGA', ...rupiah],
    ['Mandiri', 'BANKTRANSFER_MANDIRI', ...rupiah],
    ['Maybank', 'BANKTRANSFER_MAYBANK', ...rupiah],
    ['Permata', 'BANKTRANSFER_PERMATA', ...rupiah],
    ['ATM Bersama, Prima, Alto', 'ATMTRANSFER_ID', ...rupiah],
  ]),
  ...list(indonesian('ONLINE_BANKING', fewMinutes), [
    ['CIMB Niaga', 'ONLINEBANKING_CIMBNIAGA', ...rupiah],
    ['BNI', 'ONLINEBANKING_BNI'],
    ['Mandiri', 'ONLINEBANKING_MANDIRI'],
    ['Brankas', 'ONLINEBANKING_BRANKAS'],
  ]),
  ...list(abroad('MY', 'MYR', 'later'), [['FPX', 'ONLINEBANKING_FPX']]),
  ...list(abroad('PH', 'PHP', 'at once'), [['BPI', 'ONLINEBANKING_BPI', undefined, '5000000']]),
  ...list(abroad('PH', 'PHP', 'never'), [['UnionBank', 'ONLINEBANKING_UBP']]),
];

/** The banks behind FPX, which is one method at Antom. */
export const fpxBanks: readonly { readonly code: string; readonly name: string }[] = [
  { code: 'MYM2U', name: 'Maybank2u' },
  { code: 'MYCIMBCLICKS', name: 'CIMB Clicks' },
  { code: 'MYPBB', name: 'Public Bank' },
  { code: 'MYRHB', name: 'RHB Bank' },
  { code: 'MYHLB', name: 'Hong Leong Bank' },
];
