import { orders, payments, paymentSessions } from '@kasir/contracts';
import { type House, openHouse } from '@kasir/stories';
import { Merchant } from './merchant.specs.js';
import { minute, oneOfItsKind, Purchase, refundableBank, second } from './purchase.specs.js';
import { refundsPath, tellTheEar } from './voice.js';

const merchant = new Merchant();
let house: House;
beforeAll(async () => {
  house = await openHouse(merchant.env);
});
afterAll(() => house.stop());

/** An order of 100 pesos at a bank that can give money back. */
async function paid(orderId: string, amount = { value: '10000', currency: 'PHP' }) {
  const purchase = await Purchase.begin(house, orderId, { amount });
  const id = await purchase.open(amount.currency === 'PHP' ? refundableBank : undefined);
  house.antom.pay(id);
  await purchase.isPaidOnce();
  return { purchase, id };
}

const pesos = (value: string) => ({ amount: { value, currency: 'PHP' }, reason: 'cold coffee' });
const remainders = (purchase: Purchase) =>
  purchase.of(orders, 'OrderRefunded').map(({ remainder }) => (remainder as { value: string }).value);

describe('F. Double refunds', () => {
  it('F1 woocommerce/woocommerce-gateway-stripe#838: one press of the button gives the money back twice', async () => {
    const { purchase } = await paid('F1');
    const presses = await Promise.all([1, 2, 3].map(() => merchant.refund(house, 'F1', 'press', pesos('4000'))));
    expect(new Set(presses.map(({ refund }) => refund.id)).size).toBe(1);
    await house.settle();
    expect(purchase.moved).toEqual(['10000', '-4000']);
    expect(remainders(purchase)).toEqual(['6000']);
  });

  it('F2 woocommerce/woocommerce-gateway-stripe#3653: two refunds at the same moment give back more than was paid', async () => {
    const { purchase } = await paid('F2');
    const asked = await Promise.all(['left', 'right'].map((hand) => merchant.refund(house, 'F2', hand, pesos('6000'))));
    await house.settle();
    expect(purchase.moved).toEqual(['10000', '-6000']);
    expect(purchase.of(paymentSessions, 'RefundRejected')).toMatchObject([{ code: 'refund_exceeds_payment' }]);
    expect(asked.filter(({ status }) => status < 300).length).toBeGreaterThan(0);
  });

  it('F3 antiwork/gumroad#6193: one refund is booked two or three times because its webhook is faster', async () => {
    const { purchase, id } = await paid('F3');
    house.antom.rule({ scenario: 'call_U', call: 'refund', match: id, times: 2 });
    house.antom.rule({ scenario: 'duplicate_notify', match: id, copies: 3 });
    const { refund } = await merchant.refund(house, 'F3', 'once', pesos('10000'));
    await house.pass(minute, 10 * second);
    expect(purchase.types(payments)).toEqual(['PaymentSucceeded', 'RefundSucceeded']);
    expect(purchase.of(orders, 'OrderRefunded')).toMatchObject([{ refundId: refund.id }]);
    expect(purchase.moved).toEqual(['10000', '-10000']);
    expect((await purchase.app.order()).refunded).toEqual({ value: '10000', currency: 'PHP' });
  });

  it('F4 PrestaShopCorp/ps_checkout#331: a refund is booked again whenever somebody speaks of it', async () => {
    const { purchase } = await paid('F4');
    const { refund } = await merchant.refund(house, 'F4', 'once', pesos('2500'));
    await house.settle();
    const news = refundNews(refund.id, '2500');
    expect(await tellTheEar(house, news, { path: refundsPath })).toBe(200);
    expect(await tellTheEar(house, news, { path: refundsPath, at: new Date(+house.clock.now() - 60 * minute) })).toBe(
      200,
    );
    await house.settle();
    expect(remainders(purchase)).toEqual(['7500']);
    expect(purchase.of(payments, 'RefundSucceeded')).toHaveLength(1);
  });

  it('F5 woocommerce/woocommerce-paypal-payments#522: a partial refund stands twice in the books, by its call and by its webhook', async () => {
    const { purchase, id } = await paid('F5');
    house.antom.rule({ scenario: 'http_500', call: 'refund', match: id, times: 2 });
    const { refund } = await merchant.refund(house, 'F5', 'once', pesos('4000'));
    await house.pass(minute, 10 * second);
    const atAntom = house.antom.refunds().filter(({ paymentRequestId }) => paymentRequestId === id);
    expect(atAntom.map(({ refundRequestId }) => refundRequestId)).toEqual([refund.id]);
    expect(await merchant.refundOf(house, refund.id)).toMatchObject({ status: 'succeeded' });
    expect(remainders(purchase)).toEqual(['6000']);
    expect(purchase.moved).toEqual(['10000', '-4000']);
  });

  it('F6 after woocommerce/woocommerce-gateway-stripe#2724: for fear of doubles, a refund that failed counts as given back', async () => {
    const { purchase, id } = await paid('F6');
    house.antom.rule({ scenario: 'refund_fails', match: id });
    const { refund } = await merchant.refund(house, 'F6', 'once', pesos('10000'));
    await house.pass(minute, 10 * second);
    expect(await merchant.refundOf(house, refund.id)).toMatchObject({ status: 'failed' });
    expect(purchase.types(orders)).not.toContain('OrderRefunded');
    expect((await merchant.refund(house, 'F6', 'again', pesos('10000'))).refund.status).not.toBe('rejected');
    await house.settle();
    expect(purchase.moved).toEqual(['10000', '-10000']);
  });
});

describe('Traps that well-known systems fell into', () => {
  it('Saleor: an event says "fully paid", and what goes back later contradicts it', async () => {
    const { purchase, id } = await paid('saleor');
    await merchant.refund(house, 'saleor', 'once', pesos('3000'));
    await house.settle();
    expect(purchase.types(orders)).toEqual(['OrderPaid', 'OrderRefunded']);
    expect(purchase.of(orders, 'OrderRefunded')).toMatchObject([
      { paymentSessionId: id, kept: true, refunded: { value: '3000' }, remainder: { value: '7000' } },
    ]);
    expect(await purchase.app.order()).toMatchObject({ status: 'paid', refunded: { value: '3000' } });
  });

  it('a bank that cannot give back is asked for a refund all the same, and the merchant waits', async () => {
    const { purchase, id } = await paid('offline', oneOfItsKind());
    await merchant.refund(house, 'offline', 'once', { reason: 'cold coffee' });
    await house.settle();
    expect(purchase.of(paymentSessions, 'RefundRejected')).toMatchObject([{ code: 'method_not_refundable' }]);
    expect(house.antom.refunds().filter(({ paymentRequestId }) => paymentRequestId === id)).toEqual([]);
  });

  it('a secret that is almost right opens the till', async () => {
    const { purchase } = await paid('till');
    for (const secret of merchant.almost)
      expect((await merchant.refund(house, 'till', secret, pesos('1'), secret)).status).toBe(401);
    expect(purchase.types(paymentSessions)).not.toContain('RefundStarted');
  });
});

const refundNews = (refundRequestId: string, value: string) => ({
  notifyType: 'REFUND_RESULT',
  result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success' },
  ...{ refundStatus: 'SUCCESS', refundRequestId, refundId: `antom-${refundRequestId}`.slice(0, 60) },
  ...{ refundAmount: { value, currency: 'PHP' }, refundTime: '2026-01-01T08:00:00+08:00' },
});
