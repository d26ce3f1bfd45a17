import { inOurWords } from './our-words.js';

describe('a field that Antom would refuse', () => {
  it.each([
    ['order.orderDescription', 'order.description'],
    ['order.orderAmount.value', 'order.amount.value'],
    ['paymentAmount.currency', 'payment.amount.currency'],
    ['order.buyer.buyerName.fullName', 'buyer.name'],
    ['paymentRedirectUrl', 'redirectUrl'],
    ['env.clientIp', 'shopper.ip'],
    ['paymentMethod.paymentMethodMetaData.bankName', 'bankChoice.bankName'],
    ['refundReason', 'reason'],
    ['settlementStrategy.settlementCurrency', 'settlementStrategy.settlementCurrency'],
  ])('%s is named as its sender wrote it: %s', (field, ours) => {
    expect(inOurWords([{ field, message: 'must be shorter' }])).toEqual([{ field: ours, message: 'must be shorter' }]);
  });

  it('is one of several, each with its message', () => {
    const problems = [
      { field: 'order.orderDescription', message: 'must be in Latin letters' },
      { field: 'order.buyer.buyerEmail', message: 'must be shorter' },
    ];
    expect(inOurWords(problems)).toEqual([
      { field: 'order.description', message: 'must be in Latin letters' },
      { field: 'buyer.email', message: 'must be shorter' },
    ]);
  });
});
