import { limitProblem } from './limits.js';

const baht = (value: string) => ({ value, currency: 'THB' });
const rupiah = (value: string) => ({ value, currency: 'IDR' });

describe('an amount', () => {
  it.each([
    ['one baht', baht('100'), { bankName: 'Siam Commerical Bank' }],
    ['two million baht', baht('200000000'), { category: 'MOBILE_BANKING_APP' }],
    ['five million baht at Kasikorn', baht('500000000'), { bankName: 'Kasikorn Bank' }],
    ['five million baht by any transfer, because Kasikorn takes it', baht('500000000'), { category: 'BANK_TRANSFER' }],
    ['ten thousand rupiah', rupiah('1000000'), { region: 'ID' }],
    ['what is too much only if Antom means minor units', rupiah('1000000000000'), { category: 'BANK_TRANSFER' }],
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

  it.each([
    [
      'app',
      baht('200000001'),
      { category: 'MOBILE_BANKING_APP' },
      'for this choice of bank; choose another bank: Kasikorn Bank',
    ],
    ['country', rupiah('1000000'), { region: 'TH' }, 'choose another bank: BNI, BSI, CIMB Niaga and others'],
    ['bank', rupiah('999900'), { bankName: 'Permata' }, 'choose another bank: BNI, Mandiri, Brankas'],
    ['amount', baht('500000001'), { bankName: 'Kasikorn Bank' }, 'no other bank takes it, so ask for another amount'],
    [
      'currency',
      { value: '100', currency: 'USD' },
      { region: 'ID' },
      'no other bank takes it, so ask for another amount',
    ],
  ] as const)('that is not taken comes with a way out: another %s', (_, amount, choice, message) => {
    expect(limitProblem(amount, choice)).toMatch(new RegExp(`${message}$`));
  });
});
