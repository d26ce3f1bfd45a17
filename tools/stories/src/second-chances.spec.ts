import { createHash } from 'node:crypto';
import { orders, payments, paymentSessions } from '@kasir/contracts';
import { ourBooks, theirBooks } from './books.js';
import { type House, openHouse } from './house.js';
import { App } from './shopper.js';

const [second, minute, hour] = [1_000, 60_000, 3_600_000];
const baht = (value: string) => ({ value, currency: 'THB' });
const rupiah = (value: string) => ({ value, currency: 'IDR' });
const peso = (value: string) => ({ value, currency: 'PHP' });
const bankApp = { category: 'MOBILE_BANKING_APP' } as const;
const secretKey = 'sk_of_the_merchants_desk';

describe('a shopper or a merchant who changes their mind', () => {
  let house: House;
  beforeAll(async () => {
    const hash = createHash('sha256').update(secretKey).digest('hex');
    house = await openHouse({ MERCHANT_KEYS: `desk:${hash}` });
  });
  afterAll(() => house.stop());

  const told = (orderId: string, topic: typeof orders | typeof payments = orders) =>
    house.bus.heard(topic).filter(({ data }) => data['orderId'] === orderId);
  const types = (orderId: string, topic?: typeof payments) => told(orderId, topic).map(({ type }) => type);
  const find = (orderId: string, type: string) => told(orderId).find((record) => record.type === type)?.data ?? {};
  const cases = (orderId: string) =>
    told(orderId)
      .filter(({ type }) => type === 'OrderNeedsAttention')
      .map(({ data }) => data['kind']);
  const decisions = (orderId: string) =>
    told(orderId)
      .filter(({ type }) => type === 'OrderAttentionResolved')
      .map(({ data }) => `${String(data['status'])} by ${String(data['by'])}`);
  /** A person decides about the first case of an order. */
  const decide = async (orderId: string, resolution: string) => {
    const { caseId } = find(orderId, 'OrderNeedsAttention');
    const input = { caseId, resolution, reason: 'a person has looked', by: 'mika' };
    await house.operate('order', 'cases.resolve', input);
    await house.settle();
  };
  const asMerchant = (path: string, body: object) =>
    fetch(house.gatewayUrl + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${secretKey}`,
        'content-type': 'application/json',
        'idempotency-key': path,
      },
      body: JSON.stringify(body),
    });

  it('double_success: two sessions of one order are paid, one pays the order, the other is a case', async () => {
    const app = await App.open(house, 'O-double', rupiah('50000000'));
    const first = await app.choose({ category: 'ONLINE_BANKING' }, 'first');
    const other = await app.choose({ bankName: 'BNI' }, 'other');
    await house.pass(5 * second, second);
    house.antom.rule({ scenario: 'double_success', match: other.session.id });
    house.antom.pay(other.session.id);
    await house.pass(10 * minute, minute);
    expect((await app.session(first.session.id)).status).toBe('succeeded');
    expect((await app.session(other.session.id)).status).toBe('succeeded');
    expect(types('O-double').filter((type) => type === 'OrderPaid')).toHaveLength(1);
    expect(cases('O-double')).toEqual(['duplicate-payment']);
  });

  it('another choice in Thailand cancels the first one at the bank, and the second one pays', async () => {
    const app = await App.open(house, 'O-other', baht('20000'));
    const first = await app.choose(bankApp, 'first');
    house.antom.submit(first.session.id);
    const other = await app.choose({ category: 'BANK_TRANSFER' }, 'other');
    await house.pass(5 * second, second);
    expect((await app.session(first.session.id)).status).toBe('cancelled');
    house.antom.pay(other.session.id);
    await house.settle();
    expect(types('O-other')).toEqual(['OrderPaid']);
    expect(cases('O-other')).toEqual([]);
  });

  it('the same choice again gives the session that lives', async () => {
    const app = await App.open(house, 'O-same', baht('20100'));
    const first = await app.choose(bankApp, 'first');
    const again = await app.choose(bankApp, 'again');
    expect([again.status, again.session.id]).toEqual([200, first.session.id]);
  });

  it('cancel_too_late: Antom cancels, the bank charges all the same, and it pays nothing but opens a case', async () => {
    const app = await App.open(house, 'O-late', baht('20200'));
    const { session } = await app.choose(bankApp);
    house.antom.rule({ scenario: 'cancel_too_late', match: session.id });
    house.antom.submit(session.id);
    expect(await app.cancel(session.id)).toBe(202);
    await house.pass(10 * second, 2 * second);
    await house.pass(2 * hour, 20 * minute);
    expect(types('O-late', payments)).toContain('PaymentNeedsAttention');
    expect(types('O-late')).not.toContain('OrderPaid');
    expect(cases('O-late')).toContain('after-cancel');
  });

  it('wrong_amount: a notification of another amount pays nothing by itself, and Antom is asked', async () => {
    const app = await App.open(house, 'O-wrong', baht('20300'));
    const { session } = await app.choose(bankApp);
    house.antom.rule({ scenario: 'wrong_amount', match: session.id });
    house.antom.pay(session.id);
    await house.settle();
    expect(types('O-wrong', payments)).toEqual(['PaymentNeedsAttention']);
    expect(cases('O-wrong')).toEqual(['other-amount']);
    expect(types('O-wrong')).not.toContain('OrderPaid');
    await house.pass(10 * minute, minute);
    expect(types('O-wrong', payments)).toContain('PaymentSucceeded');
  });

  it('a refund goes back once, and one that the bank refuses is told as failed', async () => {
    const app = await App.open(house, 'O-back', peso('30000'));
    const { session } = await app.choose({ bankName: 'BPI' });
    house.antom.pay(session.id);
    await house.settle();
    const refund = await asMerchant('/v1/orders/O-back/refunds', { amount: peso('10000'), reason: 'cold coffee' });
    expect(refund.status).toBe(201);
    await house.pass(10 * minute, minute);
    expect(told('O-back').find(({ type }) => type === 'OrderRefunded')?.data).toMatchObject({
      kept: true,
      refunded: peso('10000'),
      remainder: peso('20000'),
    });

    const other = await App.open(house, 'O-refused', peso('30100'));
    const paid = (await other.choose({ bankName: 'BPI' })).session;
    house.antom.pay(paid.id);
    await house.settle();
    house.antom.rule({ scenario: 'refund_fails', match: paid.id });
    await asMerchant('/v1/orders/O-refused/refunds', { reason: 'cold coffee' });
    await house.pass(hour, 10 * minute);
    expect(types('O-refused', payments)).toContain('RefundFailed');
    expect(types('O-refused')).not.toContain('OrderRefunded');
  });

  it('charged_twice: the second payment of one attempt goes back by its own id, and the first one keeps the order paid', async () => {
    const app = await App.open(house, 'O-twice', peso('30200'));
    const { session } = await app.choose({ bankName: 'BPI' });
    house.antom.rule({ scenario: 'charged_twice', match: session.id });
    house.antom.pay(session.id);
    await house.settle();
    const { paymentId } = find('O-twice', 'OrderNeedsAttention');
    const unknown = await asMerchant('/v1/orders/O-twice/refunds', { paymentId: 'nobody-paid-this', reason: 'twice' });
    expect([unknown.status, await unknown.json()]).toMatchObject([422, { errors: [{ field: 'paymentId' }] }]);
    const refund = await asMerchant('/v1/orders/O-twice/refunds', { paymentId, reason: 'charged twice' });
    expect([refund.status, await refund.json()]).toMatchObject([409, { code: 'duplicate_open' }]);
    await decide('O-twice', 'refund');
    await house.pass(10 * minute, minute);
    expect(find('O-twice', 'OrderRefunded')).toMatchObject({
      ...{ paymentSessionId: session.id, paymentId, kept: false, refunded: peso('30200'), remainder: peso('0') },
    });
    expect(types('O-twice').filter((type) => type === 'OrderPaid')).toHaveLength(1);
    expect(decisions('O-twice')).toEqual(['refunding by mika', 'resolved by kasir']);
    expect(await app.order()).not.toHaveProperty('refunded');
  });

  it('underpay: money of another amount holds its order until a person lets it go on, and the next attempt pays it', async () => {
    const app = await App.open(house, 'O-short', baht('20600'));
    const { session } = await app.choose(bankApp);
    house.antom.underpay(session.id, '20000');
    await house.settle();
    const onlineBanking = { category: 'ONLINE_BANKING' } as const;
    await app.choose(onlineBanking, 'too early');
    await house.settle();
    const refusals = house.bus.heard(paymentSessions).filter(({ type }) => type === 'PaymentSessionRejected');
    expect(refusals.find(({ key }) => key === 'O-short')?.data).toMatchObject({ code: 'money_under_review' });
    const { caseId } = find('O-short', 'OrderNeedsAttention');
    const decision = { resolution: 'new-attempt', reason: 'the 200.00 went back by hand', by: 'mika' };
    for (let times = 0; times < 2; times++) await house.operate('order', 'cases.resolve', { caseId, ...decision });
    await house.settle();
    const again = await app.choose(onlineBanking, 'again');
    await house.settle();
    house.antom.pay(again.session.id);
    await house.pass(10 * minute, minute);
    expect(types('O-short')).toEqual(['OrderNeedsAttention', 'OrderAttentionResolved', 'OrderPaid']);
    expect(await app.order()).toMatchObject({ status: 'paid', paidBy: again.session.id });
    expect(types('O-short', payments)).toEqual(['PaymentNeedsAttention', 'PaymentSucceeded']);
  });

  it('overpay: more money than was asked for pays nothing by itself, and the order ends when a person has looked', async () => {
    const app = await App.open(house, 'O-much', baht('20700'));
    const { session } = await app.choose(bankApp);
    house.antom.overpay(session.id, '20800');
    await house.settle();
    expect(types('O-much', payments)).toEqual(['PaymentNeedsAttention']);
    expect(cases('O-much')).toEqual(['other-amount']);
    const { caseId } = find('O-much', 'OrderNeedsAttention');
    const decision = { resolution: 'ended-unpaid', reason: 'given back at the till', by: 'mika' };
    await house.operate('order', 'cases.resolve', { caseId, ...decision });
    expect((await asMerchant('/v1/orders/O-much/close', { reason: 'not paid' })).status).toBe(202);
    await house.pass(10 * minute, minute);
    expect(types('O-much')).toEqual(['OrderNeedsAttention', 'OrderAttentionResolved', 'OrderClosed']);
  });

  it('accept-payment: money of another amount pays the order when a person accepts it', async () => {
    const app = await App.open(house, 'O-accepted', baht('20800'));
    const { session } = await app.choose(bankApp);
    house.antom.underpay(session.id, '20000');
    await house.settle();
    expect((await app.session(session.id)).status).toBe('under_review');
    await decide('O-accepted', 'accept-payment');
    expect(types('O-accepted').sort()).toEqual(['OrderAttentionResolved', 'OrderNeedsAttention', 'OrderPaid']);
    const { caseId } = find('O-accepted', 'OrderNeedsAttention');
    expect(find('O-accepted', 'OrderPaid')).toMatchObject({ acceptedBy: caseId, paymentSessionId: session.id });
    expect(await app.order()).toMatchObject({ status: 'paid', paidBy: session.id });
  });

  it('a refund by which a person resolves a case comes back to the case where the bank can not give back', async () => {
    const app = await App.open(house, 'O-stays', baht('20900'));
    const { session } = await app.choose(bankApp);
    house.antom.overpay(session.id, '21000');
    await house.settle();
    await decide('O-stays', 'refund');
    expect(types('O-stays')).toEqual(['OrderNeedsAttention', 'OrderAttentionResolved', 'OrderNeedsAttention']);
    expect(decisions('O-stays')).toEqual(['refunding by mika']);
    expect(JSON.stringify(told('O-stays').at(-1)?.data['evidence'])).toContain('method_not_refundable');
  });

  it('and resolves it when the money is back', async () => {
    const app = await App.open(house, 'O-goes-back', peso('30300'));
    const { session } = await app.choose({ bankName: 'BPI' });
    house.antom.overpay(session.id, '30400');
    await house.settle();
    await decide('O-goes-back', 'refund');
    await house.pass(10 * minute, minute);
    expect(find('O-goes-back', 'OrderRefunded')).toMatchObject({ kept: false, refunded: peso('30400') });
    expect(decisions('O-goes-back')).toEqual(['refunding by mika', 'resolved by kasir']);
    expect(cases('O-goes-back')).toEqual(['other-amount']);
  });

  it('a success after a cancel was started is pending until an inquiry has found that it stands', async () => {
    const app = await App.open(house, 'O-crossed', baht('21100'));
    const { session } = await app.choose(bankApp);
    expect(await app.cancel(session.id)).toBe(202);
    await house.settle();
    house.antom.disturb({ fault: 'error', call: 'inquiryPayment', match: session.id, times: 'always' });
    house.antom.pay(session.id);
    await house.settle();
    expect(told('O-crossed', payments).map(({ data }) => data['cause'])).toEqual(['inquiring-after-cancel']);
    expect((await app.session(session.id)).status).toBe('pending');
    expect(types('O-crossed')).toEqual([]);
    house.antom.reset();
    await house.pass(10 * minute, minute);
    expect(types('O-crossed', payments)).toEqual(['PaymentPending', 'PaymentSucceeded']);
    expect(types('O-crossed')).toEqual(['OrderPaid']);
  });

  it('what a Thai bank took can not go back by Antom, and the merchant hears why before anybody is called', async () => {
    const app = await App.open(house, 'O-thai', baht('20400'));
    const { session } = await app.choose(bankApp);
    house.antom.pay(session.id);
    await house.settle();
    const refund = await asMerchant('/v1/orders/O-thai/refunds', { reason: 'cold coffee' });
    expect([refund.status, ((await refund.json()) as { code: string }).code]).toEqual([422, 'method_not_refundable']);
    expect(house.antom.refunds().filter(({ paymentRequestId }) => paymentRequestId === session.id)).toEqual([]);
  });

  it('the merchant closes an order: its session is cancelled, and it is closed when that has ended', async () => {
    const app = await App.open(house, 'O-close', baht('20500'));
    const { session } = await app.choose(bankApp);
    house.antom.submit(session.id);
    expect((await asMerchant('/v1/orders/O-close/close', { reason: 'sold out' })).status).toBe(202);
    await house.pass(30 * second, 5 * second);
    expect(types('O-close', payments)).toEqual(['PaymentPending', 'PaymentCancelled']);
    expect(types('O-close')).toEqual(['OrderClosed']);
    expect((await app.choose(bankApp, 'again')).status).toBe(409);
  });

  it('and after all of that nobody has made or lost money', () => {
    expect(ourBooks(house.bus)).toEqual(theirBooks(house.antom));
  });
});
