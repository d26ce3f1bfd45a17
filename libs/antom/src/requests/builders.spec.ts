import { buildCancel } from '../cancel/build.js';
import { buildConsult, type ConsultWish } from '../consult/build.js';
import { buildInquiryPayment } from '../inquiry-payment/build.js';
import { buildInquiryRefund } from '../inquiry-refund/build.js';
import { buildRefund, type RefundWish } from '../refund/build.js';
import { type InvalidRequest } from './invalid-request.js';
import { type PaymentReference, type RefundReference } from './references.js';

const problems = (build: () => unknown): readonly string[] => {
  try {
    build();
    return [];
  } catch (error) {
    return (error as InvalidRequest).problems.map(({ field }) => field);
  }
};

const refund: RefundWish = {
  refundRequestId: 'R-1',
  paymentId: '2026010119',
  amount: { value: '16000', currency: 'THB' },
  reason: 'ลูกค้ายกเลิก',
  notifyUrl: 'https://pay.coffee.example/webhooks/antom/refunds',
};
const consult: ConsultWish = {
  amount: { value: '16000', currency: 'THB' },
  settlementCurrency: 'USD',
  terminal: { type: 'APP', os: 'IOS' },
  regions: ['TH'],
};

describe('a question about a payment', () => {
  it('names it by our id or by Antom’s, byte for byte', () => {
    expect(buildInquiryPayment({ paymentRequestId: 'PAY_1' })).toEqual({
      path: '/ams/api/v1/payments/inquiryPayment',
      body: '{"paymentRequestId":"PAY_1"}',
    });
    expect(buildInquiryPayment({ paymentId: '2026' }, { merchantAccountId: 'M1' }).body).toBe(
      '{"paymentId":"2026","merchantAccountId":"M1"}',
    );
  });

  it.each<[string, object, string]>([
    ['no id', {}, 'request'],
    ['both ids, of which Antom would heed only its own', { paymentRequestId: 'a', paymentId: 'b' }, 'request'],
    ['an empty id', { paymentRequestId: '' }, 'paymentRequestId'],
    ['an id of 65 letters', { paymentId: 'x'.repeat(65) }, 'paymentId'],
    ['a field that Antom does not know', { paymentRequestId: 'a', orderId: 'b' }, 'request'],
  ])('is refused here with %s, and so is the wish to cancel', (_, reference, field) => {
    expect(problems(() => buildInquiryPayment(reference as PaymentReference))).toEqual([field]);
    expect(problems(() => buildCancel(reference as PaymentReference))).toEqual([field]);
  });

  it('is refused here with the account of 33 letters', () => {
    expect(problems(() => buildCancel({ paymentId: 'a' }, { merchantAccountId: 'x'.repeat(33) }))).toEqual([
      'merchantAccountId',
    ]);
  });
});

describe('the wish to cancel', () => {
  it('is the same bytes whenever it is sent', () => {
    expect(buildCancel({ paymentRequestId: 'PAY_1' })).toEqual({
      path: '/ams/api/v1/payments/cancel',
      body: '{"paymentRequestId":"PAY_1"}',
    });
  });
});

describe('the wish to refund', () => {
  it('is the same bytes for the same wish', () => {
    expect(buildRefund(refund)).toEqual({
      path: '/ams/api/v1/payments/refund',
      body:
        '{"refundRequestId":"R-1","paymentId":"2026010119","refundAmount":{"currency":"THB","value":"16000"},' +
        '"refundReason":"ลูกค้ายกเลิก","refundNotifyUrl":"https://pay.coffee.example/webhooks/antom/refunds"}',
    });
    expect(buildRefund({ ...refund })).toEqual(buildRefund(refund));
  });

  it.each<[string, Partial<RefundWish>, string]>([
    ['special characters in its id', { refundRequestId: 'R#1' }, 'refundRequestId'],
    ['no payment', { paymentId: '' }, 'paymentId'],
    ['nothing to give back', { amount: { value: '0', currency: 'THB' } }, 'refundAmount.value'],
    ['a fraction of a rupiah', { amount: { value: '150', currency: 'IDR' } }, 'refundAmount.value'],
    ['a reason of 257 letters', { reason: 'x'.repeat(257) }, 'refundReason'],
    ['a notify address with a query', { notifyUrl: 'https://pay.coffee.example/?a=b' }, 'refundNotifyUrl'],
    [
      'a notify address of 1025 letters',
      { notifyUrl: `https://pay.coffee.example/${'x'.repeat(998)}` },
      'refundNotifyUrl',
    ],
    ['metadata of 65 letters', { metadata: 'x'.repeat(65) }, 'metadata'],
    ['half a letter in its reason', { reason: 'a\ud800' }, 'refundReason'],
  ])('is refused here with %s', (_, change, field) => {
    expect(problems(() => buildRefund({ ...refund, ...change }))).toEqual([field]);
  });

  it('may have a notify address of 1024 letters', () => {
    expect(
      problems(() => buildRefund({ ...refund, notifyUrl: `https://pay.coffee.example/${'x'.repeat(997)}` })),
    ).toEqual([]);
  });
});

describe('a question about a refund', () => {
  it('names it by our id or by Antom’s', () => {
    expect(buildInquiryRefund({ refundRequestId: 'R-1' })).toEqual({
      path: '/ams/api/v1/payments/inquiryRefund',
      body: '{"refundRequestId":"R-1"}',
    });
    expect(buildInquiryRefund({ refundId: '2026' }).body).toBe('{"refundId":"2026"}');
  });

  it.each<[string, object, string]>([
    ['no id', {}, 'request'],
    ['both ids', { refundRequestId: 'a', refundId: 'b' }, 'request'],
    ['special characters', { refundRequestId: 'R.1' }, 'refundRequestId'],
  ])('is refused here with %s', (_, reference, field) => {
    expect(problems(() => buildInquiryRefund(reference as RefundReference))).toEqual([field]);
  });
});

describe('a question about ways to pay', () => {
  it('is asked in Antom’s words', () => {
    expect(
      buildConsult({ ...consult, methods: ['KPLUS'], withoutMethods: ['PROMPTPAY'], shopperRegion: 'TH' }),
    ).toEqual({
      path: '/ams/api/v1/payments/consult',
      body:
        '{"productCode":"CASHIER_PAYMENT","paymentAmount":{"currency":"THB","value":"16000"},' +
        '"settlementStrategy":{"settlementCurrency":"USD"},"env":{"terminalType":"APP","osType":"IOS"},' +
        '"allowedPaymentMethodRegions":["TH"],"allowedPaymentMethods":["KPLUS"],' +
        '"blockedPaymentMethods":["PROMPTPAY"],"userRegion":"TH"}',
    });
  });

  it.each<[string, Partial<ConsultWish>, string]>([
    ['nothing to pay', { amount: { value: '0', currency: 'THB' } }, 'paymentAmount.value'],
    ['an app without its system', { terminal: { type: 'APP' } }, 'env.osType'],
    ['a country in words', { regions: ['Thailand'] }, 'allowedPaymentMethodRegions.0'],
    ['no country at all', { regions: [] }, 'allowedPaymentMethodRegions'],
    ['a method in words', { methods: ['Bangkok Bank'] }, 'allowedPaymentMethods.0'],
    ['a settlement currency in words', { settlementCurrency: 'dollars' }, 'settlementStrategy.settlementCurrency'],
  ])('is refused here with %s', (_, change, field) => {
    expect(problems(() => buildConsult({ ...consult, ...change }))).toEqual([field]);
  });

  it('may be asked for the whole world', () => {
    expect(problems(() => buildConsult({ ...consult, regions: ['GLOBAL'], terminal: { type: 'WEB' } }))).toEqual([]);
  });
});
