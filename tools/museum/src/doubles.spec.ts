import { orders, payments, paymentSessions } from '@kasir/contracts';
import { type House, openHouse } from '@kasir/stories';
import { paymentNotification } from '@kasir/testing';
import { Merchant } from './merchant.specs.js';
import { bankApp, minute, oneOfItsKind, onlineBanking, Purchase, refundableBank } from './purchase.specs.js';
import { tellTheEar } from './voice.js';

const merchant = new Merchant();
let house: House;
beforeAll(async () => {
  house = await openHouse({ ...merchant.env, SECOND_ATTEMPT: 'OTHER:supersede' });
});
afterAll(() => house.stop());

/** Two tabs: the second session starts beside the first, which nobody has used, and then both are paid. */
async function bothPaid(orderId: string, choices = [bankApp, onlineBanking], amount = oneOfItsKind()) {
  const purchase = await Purchase.begin(house, orderId, { amount });
  const [first, second] = [await purchase.open(choices[0], 'tab 1'), await purchase.open(choices[1], 'tab 2')];
  house.antom.rule({ scenario: 'double_success', match: second });
  house.antom.pay(second);
  await house.settle();
  return { purchase, first, second };
}

describe('B. Double orders and double charges', () => {
  it('B1 mollie/WooCommerce#1204: two tabs, both paid, and the second payment is silently discarded', async () => {
    const { purchase, first, second } = await bothPaid('B1');
    await purchase.isPaidOnce();
    expect(purchase.moved).toEqual([purchase.amount.value, purchase.amount.value]);
    const paid = purchase.of(payments, 'PaymentSucceeded').map(({ paymentSessionId }) => paymentSessionId);
    expect([...paid].sort()).toEqual([first, second].sort());
    const [kept] = purchase.of(orders, 'OrderPaid');
    const [open] = purchase.of(orders, 'OrderNeedsAttention');
    expect(open).toMatchObject({ kind: 'duplicate-payment' });
    expect([kept?.['paymentSessionId'], open?.['paymentSessionId']].sort()).toEqual([first, second].sort());
    expect(purchase.cases).toHaveLength(1);
  });

  it('B2 woocommerce/woocommerce#10453: under load, one wish becomes several orders and payments', async () => {
    const purchase = await Purchase.begin(house, 'B2');
    await Promise.all([1, 2, 3].map((click) => purchase.app.choose(bankApp, `click ${click}`)));
    await house.settle();
    const sessions = house.antom.sessions().filter(({ referenceOrderId }) => referenceOrderId === 'B2');
    expect(sessions).toHaveLength(1);
    const again = await purchase.app.choose(bankApp, 'click 4');
    expect([again.status, again.session.id]).toEqual([200, sessions[0]?.paymentRequestId]);
  });

  it('B3 woocommerce/woocommerce#9297: refunding the duplicate marks the whole order refunded', async () => {
    const pesos = { value: '41000', currency: 'PHP' };
    const { purchase, first, second } = await bothPaid('B3', [refundableBank, { bankName: 'Other Bank' }], pesos);
    const kept = purchase.of(orders, 'OrderPaid')[0]?.['paymentSessionId'];
    const extra = kept === first ? second : first;
    const asked = await merchant.refund(house, 'B3', 'extra', { paymentSessionId: extra, reason: 'paid twice' });
    expect(asked).toMatchObject({ status: 409, refund: { code: 'duplicate_open' } });
    await purchase.decide('refund');
    expect(purchase.of(orders, 'OrderRefunded')).toMatchObject([
      { kept: false, paymentSessionId: extra, remainder: { value: '0' } },
    ]);
    expect(await purchase.app.order()).toMatchObject({ status: 'paid', paidBy: kept });
    expect(await purchase.app.order()).not.toHaveProperty('refunded');
    expect(purchase.moved).toEqual(['41000', '41000', '-41000']);
  });

  it('B4 PrestaShopCorp/ps_checkout#1546: a webhook that cannot be read makes customers pay once more', async () => {
    const purchase = await Purchase.begin(house, 'B4');
    const id = await purchase.open();
    house.antom.rule({ scenario: 'lost_notify', match: id });
    const { paymentId } = house.antom.pay(id);
    const strange = { ...paymentNotification(id, paymentId, purchase.amount), paymentAmount: null };
    expect(await tellTheEar(house, strange)).toBe(200);
    await purchase.app.returned(id);
    await purchase.isPaidOnce();
    expect((await purchase.app.choose(onlineBanking, 'again')).status).toBe(409);
    expect(purchase.moved).toEqual([purchase.amount.value]);
  });

  it('B5 woocommerce/woocommerce#41527: an order that is paid can be paid again', async () => {
    const purchase = await Purchase.begin(house, 'B5');
    house.antom.pay(await purchase.open());
    await purchase.isPaidOnce();
    const { status, session } = await purchase.app.choose(onlineBanking, 'again');
    expect([status, (session as unknown as { code: string }).code]).toEqual([409, 'order_paid']);
    expect(purchase.of(paymentSessions, 'PaymentSessionCreated')).toHaveLength(1);
  });

  it('B6 woocommerce/woocommerce-gateway-stripe#2477: one attempt is charged twice, and nobody is told', async () => {
    const purchase = await Purchase.begin(house, 'B6');
    const id = await purchase.open();
    house.antom.rule({ scenario: 'charged_twice', match: id });
    house.antom.pay(id);
    await purchase.isPaidOnce();
    expect(purchase.moved).toEqual([purchase.amount.value, purchase.amount.value]);
    expect(purchase.cases).toEqual(['duplicate-payment']);
    // Which of the two Antom gives back by itself only Antom knows.
    expect(purchase.types(paymentSessions)).not.toContain('RefundStarted');
  });

  it('B7 after Automattic/woocommerce-payments#4358: a call that times out is made again as another payment', async () => {
    const purchase = await Purchase.begin(house, 'B7');
    const amount = `THB ${purchase.amount.value}`;
    house.antom.rule({ scenario: 'session_U', amount, times: 2 });
    const { session } = await purchase.app.choose(bankApp);
    await house.pass(8_000, 2_000);
    await purchase.becomes(session.id, 'created');
    const sessions = house.antom.sessions().filter(({ referenceOrderId }) => referenceOrderId === 'B7');
    expect(sessions.map(({ paymentRequestId }) => paymentRequestId)).toEqual([session.id]);
    house.antom.pay(session.id);
    await purchase.isPaidOnce();
    expect(purchase.moved).toEqual([purchase.amount.value]);
  });

  it('B8 after mollie/PrestaShop#1251: a refusal after a call without an answer is believed, and the session it left is paid', async () => {
    const purchase = await Purchase.begin(house, 'B8');
    const call = 'createPaymentSession';
    house.antom.disturb({ fault: 'unknown', call, when: 'after' });
    house.antom.disturb({ fault: 'reject', call, code: 'PROCESS_FAIL' });
    const { session } = await purchase.app.choose(bankApp);
    await house.pass(8_000, 2_000);
    await purchase.becomes(session.id, 'created');
    house.antom.pay(session.id);
    await purchase.isPaidOnce();
  });
});

describe('Traps that well-known systems fell into', () => {
  it('Svix: an idempotency key is taken for the same request whatever its body says', async () => {
    const purchase = await Purchase.begin(house, 'svix');
    const id = await purchase.open(bankApp, 'the key');
    const other = await purchase.app.choose(onlineBanking, 'the key');
    expect([other.status, (other.session as unknown as { code: string }).code]).toEqual([
      422,
      'idempotency_key_reused',
    ]);
    const same = await purchase.app.choose(bankApp, 'the key');
    expect([same.status, same.session.id]).toEqual([201, id]);
    expect(purchase.of(paymentSessions, 'PaymentSessionCreated')).toHaveLength(1);
  });

  it('Kill Bill: an operator decides, and the full amount is assumed', async () => {
    const purchase = await Purchase.begin(house, 'kill-bill');
    const id = await purchase.open();
    const short = { value: '100', currency: 'THB' };
    house.antom.rule({ scenario: 'wrong_amount', match: id, value: short.value });
    house.antom.pay(id);
    await house.settle();
    const [open] = purchase.of(orders, 'OrderNeedsAttention');
    expect(open).toMatchObject({ kind: 'other-amount', evidence: { received: '100 THB' } });
    expect((await purchase.app.choose(onlineBanking, 'undecided')).status).toBe(409);
    await purchase.decide('no-action');
    expect(purchase.of(orders, 'OrderAttentionResolved')).toHaveLength(1);
    expect(purchase.types(orders)).not.toContain('OrderPaid');
    expect((await purchase.app.choose(onlineBanking, 'again')).status).toBe(201);
  });

  it('Kill Bill: money in another currency is counted by its digits', async () => {
    const purchase = await Purchase.begin(house, 'currency');
    const id = await purchase.open();
    const { value } = purchase.amount;
    const rupiah = paymentNotification(id, 'antom-rupiah', { value, currency: 'IDR' });
    expect(await tellTheEar(house, rupiah)).toBe(200);
    await house.settle();
    expect(purchase.types(payments)).toEqual(['PaymentNeedsAttention']);
    expect(purchase.cases).toEqual(['other-amount']);
    expect(purchase.types(orders)).not.toContain('OrderPaid');
  });

  it('Hyperswitch: a time-out is taken for a failure', async () => {
    const purchase = await Purchase.begin(house, 'hyperswitch');
    const id = await purchase.open();
    house.antom.rule({ scenario: 'lost_notify', match: id });
    house.antom.disturb({ fault: 'error', call: 'inquiryPayment', match: id, times: 4 });
    house.antom.pay(id);
    await house.pass(60 * minute, 15 * minute);
    expect(purchase.types(payments)).toEqual([]);
    await house.pass(180 * minute, 60 * minute);
    await purchase.isPaidOnce();
    expect(purchase.types(payments)).toEqual(['PaymentSucceeded']);
  });
});
