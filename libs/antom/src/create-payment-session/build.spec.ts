import { byBankTransfer, cappuccino, inThailand } from '../fixtures/wishes.specs.js';
import { type InvalidRequest } from '../requests/invalid-request.js';
import { buildCreatePaymentSession } from './build.js';
import { type PaymentSessionWish } from './wish.js';

const bodyOf = (wish: PaymentSessionWish) =>
  JSON.parse(buildCreatePaymentSession(wish).body) as Record<string, unknown>;
const problems = (wish: PaymentSessionWish): readonly string[] => {
  try {
    buildCreatePaymentSession(wish);
    return [];
  } catch (error) {
    return (error as InvalidRequest).problems.map(({ field }) => field);
  }
};

describe('a request for a payment session', () => {
  it('is the cappuccino of the guide, byte for byte', () => {
    expect(buildCreatePaymentSession(cappuccino)).toEqual({
      path: '/ams/api/v1/payments/createPaymentSession',
      body:
        '{"productCode":"CASHIER_PAYMENT","paymentRequestId":"PAY_20230803165257496",' +
        '"order":{"referenceOrderId":"ORDER_20230803165257496",' +
        '"orderDescription":"Cappuccino #grande (Mika\'s coffee shop)","orderAmount":{"currency":"THB","value":"160"}},' +
        '"paymentAmount":{"currency":"THB","value":"160"},' +
        '"paymentMethod":{"paymentMethodType":"BANK",' +
        '"paymentMethodMetaData":"{\\"bankName\\":\\"Siam Commerical Bank\\"}"},' +
        '"paymentRedirectUrl":"https://coffee.example/return",' +
        '"paymentNotifyUrl":"https://pay.coffee.example/webhooks/antom/payments",' +
        '"settlementStrategy":{"settlementCurrency":"USD"},' +
        '"env":{"terminalType":"APP","osType":"IOS","clientIp":"203.0.113.7"}}',
    });
  });

  it('is the same bytes for the same wish', () => {
    expect(buildCreatePaymentSession({ ...cappuccino })).toEqual(buildCreatePaymentSession(cappuccino));
  });

  it.each([
    ['one bank', cappuccino, '{"bankName":"Siam Commerical Bank"}'],
    ['a kind of bank', byBankTransfer, '{"paymentMethodCategory":"BANK_TRANSFER"}'],
    ['the banks of a country', inThailand, '{"paymentMethodRegion":"TH"}'],
  ])('shows %s, as a string or as an object', (_, wish, metaData) => {
    const method = { paymentMethodType: 'BANK' };
    expect(bodyOf(wish)['paymentMethod']).toEqual({ ...method, paymentMethodMetaData: metaData });
    expect(bodyOf({ ...wish, metaDataAs: 'object' })['paymentMethod']).toEqual({
      ...method,
      paymentMethodMetaData: JSON.parse(metaData),
    });
  });

  it('says who buys and when the session ends, where that is known', () => {
    const body = bodyOf({
      ...cappuccino,
      buyer: { id: 'B-1', name: 'สมชาย ใจดี', email: 'somchai@coffee.example', phone: '+66812345678' },
      userAgent: 'CoffeeApp/4.2',
      sessionExpiresAt: new Date('2026-01-01T00:30:00.999Z'),
    });
    expect(body['order']).toMatchObject({
      buyer: {
        referenceBuyerId: 'B-1',
        buyerName: { fullName: 'สมชาย ใจดี' },
        buyerEmail: 'somchai@coffee.example',
        buyerPhoneNo: '+66812345678',
      },
    });
    expect(body['env']).toMatchObject({ userAgent: 'CoffeeApp/4.2' });
    expect(body['paymentSessionExpiryTime']).toBe('2026-01-01T00:30:00Z');
  });

  it.each<[string, Partial<PaymentSessionWish>, string]>([
    ['no id', { paymentRequestId: '' }, 'paymentRequestId'],
    ['an id of 65 letters', { paymentRequestId: 'x'.repeat(65) }, 'paymentRequestId'],
    ['Chinese letters in an id', { orderId: '订单1' }, 'order.referenceOrderId'],
    ['no description', { description: '' }, 'order.orderDescription'],
    ['a description of 257 letters', { description: 'x'.repeat(257) }, 'order.orderDescription'],
    ['Chinese letters in the description', { description: 'Cappuccino 咖啡' }, 'order.orderDescription'],
    ['a line end in the description', { description: 'a\nb' }, 'order.orderDescription'],
    ['a decimal amount', { amount: { value: '1.60', currency: 'THB' } }, 'paymentAmount.value'],
    ['nothing to pay', { amount: { value: '0', currency: 'THB' } }, 'paymentAmount.value'],
    ['a fraction of a rupiah', { orderAmount: { value: '150050', currency: 'IDR' } }, 'order.orderAmount.value'],
    ['an unknown currency', { amount: { value: '160', currency: 'QQQ' } }, 'paymentAmount.currency'],
    ['no bank', { bank: {} }, 'paymentMethod.paymentMethodMetaData'],
    ['two choices of bank', { bank: { bankName: 'A', region: 'TH' } }, 'paymentMethod.paymentMethodMetaData'],
    ['a country without banks', { bank: { region: 'SG' as 'TH' } }, 'paymentMethod.paymentMethodMetaData'],
    ['a return to plain http', { redirectUrl: 'http://coffee.example/' }, 'paymentRedirectUrl'],
    ['a return to an app scheme', { redirectUrl: 'coffee://return' }, 'paymentRedirectUrl'],
    ['a return with the order in its query', { redirectUrl: 'https://coffee.example/?o=1' }, 'paymentRedirectUrl'],
    [
      'a return that carries the id and more',
      { redirectUrl: `https://coffee.example/?id=${cappuccino.paymentRequestId}&paid=true` },
      'paymentRedirectUrl',
    ],
    ['a return with a password', { redirectUrl: 'https://mika:secret@coffee.example/' }, 'paymentRedirectUrl'],
    ['a notify address with a query', { notifyUrl: 'https://coffee.example/n?shop=1' }, 'paymentNotifyUrl'],
    ['a notify address that is none', { notifyUrl: '/webhooks' }, 'paymentNotifyUrl'],
    ['no settlement currency', { settlementCurrency: '' }, 'settlementStrategy.settlementCurrency'],
    [
      'no settlement currency for baht',
      { settlementCurrency: { IDR: 'SGD' } },
      'settlementStrategy.settlementCurrency',
    ],
    ['no client address', { clientIp: '' }, 'env.clientIp'],
    ['an app without its system', { terminal: { type: 'APP' } }, 'env.osType'],
    [
      'a session of more than an hour',
      { sessionExpiresAt: new Date('2026-01-01T01:00:01Z') },
      'paymentSessionExpiryTime',
    ],
    ['a session that is over', { sessionExpiresAt: cappuccino.now }, 'paymentSessionExpiryTime'],
    [
      'a payment that outlives the session and the app',
      { bank: { category: 'MOBILE_BANKING_APP' }, paymentExpiresAt: new Date('2026-01-01T01:14:01Z') },
      'paymentExpiryTime',
    ],
    ['a payment that is over', { paymentExpiresAt: cappuccino.now }, 'paymentExpiryTime'],
    ['an e-mail address of 65 letters', { buyer: { email: 'x'.repeat(65) } }, 'order.buyer.buyerEmail'],
    ["a shopper's id of 65 letters", { buyer: { id: 'x'.repeat(65) } }, 'order.buyer.referenceBuyerId'],
    ['a name of 129 letters', { buyer: { name: 'x'.repeat(129) } }, 'order.buyer.buyerName.fullName'],
    ['a phone number of 25 digits', { buyer: { phone: '1'.repeat(25) } }, 'order.buyer.buyerPhoneNo'],
    ['an amount of 17 digits', { amount: { value: '1'.repeat(17), currency: 'THB' } }, 'paymentAmount.value'],
    [
      'a return address of 2,049 letters',
      { redirectUrl: 'https://coffee.example/'.padEnd(2049, 'x') },
      'paymentRedirectUrl',
    ],
    [
      'a notify address of 2,049 letters',
      { notifyUrl: 'https://coffee.example/'.padEnd(2049, 'x') },
      'paymentNotifyUrl',
    ],
    ['a notify address with an empty query', { notifyUrl: 'https://coffee.example/n?' }, 'paymentNotifyUrl'],
    ['a notify address with a password', { notifyUrl: 'https://mika:secret@coffee.example/n' }, 'paymentNotifyUrl'],
    ['a session until no time at all', { sessionExpiresAt: new Date(NaN) }, 'paymentSessionExpiryTime'],
    ['a payment until no time at all', { paymentExpiresAt: new Date(NaN) }, 'paymentExpiryTime'],
  ])('is refused here with %s', (_, change, field) => {
    expect(problems({ ...cappuccino, ...change })).toEqual([field]);
  });

  it('is refused with every wrong field named at once', () => {
    expect(problems({ ...cappuccino, description: '', clientIp: 'nowhere', sessionExpiresAt: cappuccino.now })).toEqual(
      ['order.orderDescription', 'env.clientIp', 'paymentSessionExpiryTime'],
    );
  });

  it('may return to a shop on this machine', () => {
    expect(problems({ ...cappuccino, redirectUrl: 'http://localhost:4000/return' })).toEqual([]);
  });

  it('may return with the id of the session, and nothing else', () => {
    const redirectUrl = `https://coffee.example/return?paymentSessionId=${cappuccino.paymentRequestId}`;
    expect(bodyOf({ ...cappuccino, redirectUrl })['paymentRedirectUrl']).toBe(redirectUrl);
  });

  it('speaks Thai', () => {
    expect(problems({ ...cappuccino, description: 'กาแฟเย็น 1 แก้ว' })).toEqual([]);
  });

  it('settles in the currency that belongs to the shopper’s', () => {
    const settlementCurrency = { THB: 'USD', IDR: 'SGD' };
    expect(bodyOf({ ...cappuccino, settlementCurrency })['settlementStrategy']).toEqual({ settlementCurrency: 'USD' });
    const amount = { value: '2000000', currency: 'IDR' };
    expect(bodyOf({ ...cappuccino, amount, settlementCurrency })['settlementStrategy']).toEqual({
      settlementCurrency: 'SGD',
    });
  });

  it.each([
    ['an app', { category: 'MOBILE_BANKING_APP' as const }, '2026-01-01T01:14:00Z'],
    ['a transfer', { category: 'BANK_TRANSFER' as const }, '2026-01-03T01:00:00Z'],
  ])('may end a payment as late as %s can take', (_, bank, end) => {
    expect(bodyOf({ ...cappuccino, bank, paymentExpiresAt: new Date(end) })['paymentExpiryTime']).toBe(end);
  });

  it.each(['paymentMethodCaregory', 'paymentMethod Gregory'])(
    'is refused with the key "%s" of Antom’s guide, and says how it is spelt',
    (key) => {
      const bank = { [key]: 'BANK_TRANSFER' } as PaymentSessionWish['bank'];
      expect(() => buildCreatePaymentSession({ ...cappuccino, bank })).toThrow(
        `has the key "${key}", which Antom's guide misspells: write paymentMethodCategory`,
      );
    },
  );
});
