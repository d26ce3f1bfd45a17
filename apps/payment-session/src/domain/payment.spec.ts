import { givingBack, hasOpenDuplicate, newPayment, type Payment, type Standing, standingOfSuccess } from './payment.js';

const baht = (value: string) => ({ value, currency: 'THB' });
const payment = (paymentId: string, standing: Standing, givenBack = 0n): Payment => ({
  ...newPayment({ orderId: 'O-1', paymentSessionId: 'ps_1', paymentId }),
  ...{ standing, received: baht('160'), givenBack },
});
const first = payment('1', 'paid');
const returned = payment('1', 'paid', 160n);

describe('a success', () => {
  it.each([
    ['the first of its order pays it', undefined, [], 'paid'],
    ['another one is a duplicate', undefined, [first], 'duplicate'],
    ['it pays the order whose money went back', undefined, [returned], 'paid'],
    ['money under review takes nothing from it', undefined, [payment('1', 'under-review')], 'paid'],
    ['told again it is what it was', payment('2', 'duplicate'), [returned], 'duplicate'],
    ['a duplicate about which a person has decided stays settled', payment('2', 'settled'), [first], 'settled'],
    ['money that was settled pays nevertheless', payment('2', 'settled'), [], 'paid'],
  ] as const)('%s', (_, known, others, expected) => {
    expect(standingOfSuccess(known, others)).toBe(expected);
  });
});

describe('a duplicate', () => {
  it.each([
    ['is open while both payments stand', [first, payment('2', 'duplicate')], true],
    ['is over when the first went back', [returned, payment('2', 'duplicate')], false],
    ['is over when the second went back', [first, payment('2', 'duplicate', 160n)], false],
    ['is open after a part of one went back', [first, payment('2', 'duplicate', 10n)], true],
    ['is over when a person has decided', [first, payment('2', 'settled')], false],
  ] as const)('%s', (_, payments, expected) => {
    expect(hasOpenDuplicate(payments)).toBe(expected);
  });
});

it('money of another currency is no part of what went back of a payment', () => {
  expect(givingBack(first, { value: '160', currency: 'USD' }).givenBack).toBe(0n);
  expect(givingBack(first, baht('16')).givenBack).toBe(16n);
});
