import { addMoney, moneyProblem, sameMoney } from './money.js';

const baht = (value: string) => ({ value, currency: 'THB' });

describe('an amount a shopper is asked to pay', () => {
  it.each([
    ['1.60 baht', baht('160')],
    ['one satang', baht('1')],
    ['whole rupiah', { value: '1000000', currency: 'IDR' }],
    ['yen, which have no minor digits', { value: '7', currency: 'JPY' }],
    ['the longest amount Antom takes', baht('9'.repeat(16))],
  ])('may be %s', (_, money) => {
    expect(moneyProblem(money)).toBeUndefined();
  });

  it.each([
    ['nothing', baht('0'), 'value'],
    ['a decimal number', baht('1.60'), 'value'],
    ['a negative number', baht('-160'), 'value'],
    ['a padded number', baht('0160'), 'value'],
    ['longer than 16 digits', baht('9'.repeat(17)), 'value'],
    ['empty', baht(''), 'value'],
    ['rupiah with a fraction', { value: '1000050', currency: 'IDR' }, 'value'],
    ['in a currency nobody knows', { value: '160', currency: 'QQQ' }, 'currency'],
    ['in a currency named like a member of every object', { value: '160', currency: 'constructor' }, 'currency'],
  ])('may not be %s', (_, money, field) => {
    expect(moneyProblem(money)?.field).toBe(field);
  });

  it('is the same money only in the same currency', () => {
    expect(sameMoney(baht('160'), baht('160'))).toBe(true);
    expect(sameMoney(baht('160'), { value: '160', currency: 'USD' })).toBe(false);
  });

  it('adds up beyond what a float can hold', () => {
    expect(addMoney(baht('9007199254740993'), baht('1'))).toEqual(baht('9007199254740994'));
    expect(() => addMoney(baht('1'), { value: '1', currency: 'USD' })).toThrow(RangeError);
  });
});
