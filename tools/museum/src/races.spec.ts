import { orders, payments, paymentSessions } from '@kasir/contracts';
import { type House, openHouse } from '@kasir/stories';
import { paymentNotification } from '@kasir/testing';
import { bankApp, hour, minute, oneOfItsKind, Purchase, refundableBank, second } from './purchase.specs.js';
import { tellTheEar } from './voice.js';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

describe('A. The webhook races the return from the app', () => {
  it('A1 medusajs/medusa#13301: the webhook races the return from the app, and the order is made twice', async () => {
    const purchase = await Purchase.begin(house, 'A1');
    const id = await purchase.open();
    house.antom.hold(id);
    house.antom.pay(id);
    const answers = Promise.all([1, 2, 3].map(() => purchase.app.returned(id)));
    house.antom.release();
    expect(await answers).toEqual([202, 202, 202]);
    await purchase.isPaidOnce();
    expect(purchase.types(payments)).toEqual(['PaymentSucceeded']);
  });

  it('A2 medusajs/medusa#4798: who comes second of webhook and return is told of a conflict', async () => {
    const purchase = await Purchase.begin(house, 'A2');
    const id = await purchase.open();
    house.antom.pay(id);
    await purchase.isPaidOnce();
    expect(await purchase.app.returned(id)).toBe(202);
    expect((await purchase.app.session(id)).status).toBe('succeeded');
  });

  it('A3 duncanmcclean/statamic-cargo#190: a webhook from before the payment is known is acknowledged and dropped', async () => {
    const id = 'ps_told_of_too_early';
    const { value, currency } = oneOfItsKind();
    expect(await tellTheEar(house, paymentNotification(id, 'antom-early', { value, currency }))).toBe(200);
    const purchase = await Purchase.begin(house, 'A3', { amount: { value, currency } });
    await house.bus.say(paymentSessions, 'PaymentSessionCreated', {
      ...{ orderId: 'A3', paymentSessionId: id, amount: { value, currency } },
      bankChoice: bankApp,
      order: { amount: { value, currency }, description: 'Latte', expiresAt: soon(hour) },
      ...{ encryptedSessionData: 'sealed', sessionExpiresAt: soon(hour), endsAt: soon(hour) },
    });
    await house.settle();
    expect(purchase.of(payments, 'PaymentSucceeded')).toMatchObject([{ paymentId: 'antom-early' }]);
    await purchase.isPaidOnce();
  });

  it('A4 mollie/Shopware6#1037: somebody sleeps for two seconds so that the other one comes first', async () => {
    const purchase = await Purchase.begin(house, 'A4');
    house.antom.rule({ scenario: 'notify_before_response', amount: `THB ${purchase.amount.value}` });
    const before = house.clock.now();
    await purchase.app.choose(bankApp);
    await purchase.isPaidOnce();
    expect(house.clock.now()).toEqual(before);
  });

  it('A5 Pinelab-studio/pinelab-vendure-plugins#620: one payment is settled three times', async () => {
    const purchase = await Purchase.begin(house, 'A5');
    const id = await purchase.open();
    house.antom.rule({ scenario: 'duplicate_notify', match: id, copies: 4 });
    house.antom.pay(id);
    await purchase.app.returned(id);
    await purchase.isPaidOnce();
    expect(house.antom.notifications().find(({ paymentRequestId }) => paymentRequestId === id)?.deliveries).toBe(5);
    expect(purchase.types(payments)).toEqual(['PaymentSucceeded']);
  });
});

describe('C. Late and out-of-order results', () => {
  it('C1 themeum/tutor#2360: a late failure overwrites the success', async () => {
    const purchase = await Purchase.begin(house, 'C1');
    const id = await purchase.open();
    const { paymentId } = house.antom.pay(id);
    await purchase.isPaidOnce();
    const failure = paymentNotification(id, paymentId, { status: 'F', code: 'ORDER_IS_CLOSED', ...purchase.amount });
    expect(await tellTheEar(house, failure)).toBe(200);
    await purchase.isPaidOnce();
    expect((await purchase.app.session(id)).status).toBe('succeeded');
    expect(purchase.types(payments)).toEqual(['PaymentSucceeded']);
  });

  it('C2 NEARBuilders/nearmerch.com#209: news that is older than the success arrives after it', async () => {
    const purchase = await Purchase.begin(house, 'C2');
    const id = await purchase.open();
    house.antom.rule({ scenario: 'out_of_order', match: id });
    house.antom.submit(id);
    expect(() => house.antom.pay(id)).toThrow('pending');
    await house.pass(2 * second, second);
    await purchase.isPaidOnce();
    expect(house.antom.notifications().filter(({ paymentRequestId }) => paymentRequestId === id)).toHaveLength(2);
    expect(purchase.types(payments)).toEqual(['PaymentSucceeded']);
    expect((await purchase.app.session(id)).status).toBe('succeeded');
  });

  it('C3 mollie/WooCommerce#668: a time that runs out cancels an order that is paid', async () => {
    const purchase = await Purchase.begin(house, 'C3', { expiresInMs: 10 * minute });
    const id = await purchase.open();
    await house.pass(9 * minute, 9 * minute);
    house.antom.rule({ scenario: 'lost_notify', match: id });
    house.antom.pay(id);
    await house.pass(2 * minute, minute);
    expect(purchase.of(paymentSessions, 'OrderSealed')).toHaveLength(1);
    await purchase.isPaidOnce();
    expect(purchase.types(orders)).not.toContain('OrderClosed');
    expect(purchase.moved).toEqual([purchase.amount.value]);
  });

  it('C4 coreshop/CoreShop#2529: money that comes after the cancel ends in "thank you"', async () => {
    const { purchase, id } = await chargedAfterCancel('C4');
    expect((await purchase.app.session(id)).status).toBe('cancelled');
    expect(purchase.types(payments)).toEqual(['PaymentCancelled', 'PaymentNeedsAttention']);
    expect(purchase.types(orders)).not.toContain('OrderPaid');
    expect(purchase.cases).toEqual(['after-cancel']);
  });

  it('C5 woocommerce/woocommerce-gateway-stripe#5703: who gave up is charged, and gets the money back twice or never', async () => {
    const { purchase, id } = await chargedAfterCancel('C5');
    const { value } = purchase.amount;
    expect(purchase.moved).toEqual([value, `-${value}`]);
    expect(house.antom.refunds().filter(({ paymentRequestId }) => paymentRequestId === id)).toEqual([]);
    expect(purchase.types(paymentSessions)).not.toContain('RefundStarted');
  });

  it('C6 after woocommerce/woocommerce-gateway-stripe#905: money arrives for an order that is closed, and nobody sees it', async () => {
    const purchase = await Purchase.begin(house, 'C6', { expiresInMs: 10 * minute });
    const id = await purchase.open();
    await house.pass(hour, 10 * minute);
    expect((await purchase.app.order()).status).toBe('closed');
    const late = { ...paymentNotification(id, 'antom-late', purchase.amount), paymentTime: soon(0) };
    expect(await tellTheEar(house, late)).toBe(200);
    await house.settle();
    expect(purchase.cases).toEqual(['late-payment']);
    expect(purchase.types(orders)).not.toContain('OrderPaid');
    expect((await purchase.app.order()).status).toBe('closed');
  });

  it('C7 after NEARBuilders/nearmerch.com#209: one refused try is the end, though the buyer pays with the next', async () => {
    const purchase = await Purchase.begin(house, 'C7');
    const id = await purchase.open();
    house.antom.refuse(id);
    await purchase.becomes(id, 'failed');
    house.antom.pay(id);
    await purchase.isPaidOnce();
    expect(purchase.types(payments)).toEqual(['PaymentFailed', 'PaymentSucceeded']);
    await purchase.becomes(id, 'succeeded');
  });

  it('C8 after mollie/WooCommerce#668: a cancel gives back what has been paid', async () => {
    const purchase = await Purchase.begin(house, 'C8', { amount: { value: '10000', currency: 'PHP' } });
    const id = await purchase.open(refundableBank);
    house.antom.rule({ scenario: 'lost_notify', match: id });
    house.antom.pay(id);
    await purchase.cancel(id);
    await purchase.isPaidOnce();
    expect((await purchase.app.session(id)).cancel).toMatchObject({ status: 'refused' });
    expect(purchase.moved).toEqual(['10000']);
  });
});

const soon = (ms: number): string => new Date(house.clock.now().getTime() + ms).toISOString();

/** The buyer gives up at the bank, Antom answers the cancel with S, and the bank charges all the same. */
async function chargedAfterCancel(orderId: string): Promise<{ purchase: Purchase; id: string }> {
  const purchase = await Purchase.begin(house, orderId);
  const id = await purchase.open();
  house.antom.submit(id);
  house.antom.rule({ scenario: 'cancel_too_late', match: id });
  expect(await purchase.cancel(id)).toBe(202);
  await purchase.becomes(id, 'cancelled');
  await house.pass(minute, 30 * second);
  return { purchase, id };
}
