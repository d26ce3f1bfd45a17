import { sessionRequests } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import { app, baht, Mouth, online } from './fixtures/mouth.specs.js';

const minute = 60_000;

describe('the lock of an order', () => {
  let mouth: Mouth;
  beforeAll(async () => {
    mouth = await Mouth.open();
  });
  afterAll(() => mouth.close());

  const sealed = (orderId: string) => mouth.heard(orderId, 'OrderSealed');
  const rejected = (orderId: string, paymentSessionId: string) =>
    mouth.heard(orderId, 'PaymentSessionRejected', (data) => data['paymentSessionId'] === paymentSessionId);
  const close = (orderId: string) =>
    mouth.world.bus.say(sessionRequests, 'OrderCloseRequested', { orderId, reason: 'sold out', requestedBy: 'shop' });
  const until = (ms: number) => ({ amount: baht('160'), description: 'coffee', expiresAt: mouth.in(ms) });

  it('falls when the time of the order is over: what lives is cancelled, and nothing new starts', async () => {
    await mouth.openSession('O-time', 'ps_time', { order: until(15 * minute) });
    mouth.antom.submit('ps_time');
    mouth.clock.advance(14 * minute - 10_000);
    expect(mouth.told('O-time')).not.toContain('OrderSealed');
    mouth.clock.advance(minute + 11_000);
    expect(await sealed('O-time')).toMatchObject({ orderId: 'O-time', cause: 'expired' });
    expect(await mouth.heard('O-time', 'CancelAnswered')).toMatchObject({ cause: 'order-sealed' });
    await mouth.request('O-time', 'ps_time_2', { order: until(minute * 30) });
    expect(await rejected('O-time', 'ps_time_2')).toMatchObject({ stage: 'policy', code: 'order_closed' });
  });

  it('falls later where a later token gave the order more time', async () => {
    await mouth.openSession('O-same', 'ps_same', { order: until(5 * minute) });
    await mouth.openSession('O-more', 'ps_more', { order: until(5 * minute) });
    mouth.antom.submit('ps_more');
    await mouth.openSession('O-more', 'ps_more_2', { bankChoice: app, order: until(60 * minute) });
    mouth.clock.advance(6 * minute);
    await sealed('O-same');
    expect(mouth.told('O-more')).not.toContain('OrderSealed');
    mouth.clock.advance(60 * minute);
    expect(await sealed('O-more')).toMatchObject({ cause: 'expired' });
  });

  it('never falls by time for a paid order', async () => {
    await mouth.openSession('O-paid', 'ps_paid', { order: until(5 * minute) });
    await mouth.openSession('O-unpaid', 'ps_unpaid', { order: until(5 * minute) });
    await mouth.pay('O-paid', 'ps_paid');
    mouth.clock.advance(6 * minute);
    await sealed('O-unpaid');
    await close('O-paid');
    await mouth.world.bus.expectDrained('payment-session', [sessionRequests]);
    expect(mouth.told('O-paid')).not.toContain('OrderSealed');
  });

  it('falls when the merchant closes the order: its attempts are cancelled, and what waits is refused', async () => {
    await mouth.openSession('O-close', 'ps_close', { bankChoice: app });
    await mouth.openSession('O-close', 'ps_close_2', { bankChoice: online });
    mouth.holdAnswer('ps_close_2', 'inquiryPayment');
    await mouth.request('O-close', 'ps_close_3', { bankChoice: app });
    await eventually(async () => expect(await mouth.statusOf('ps_close_3')).toBe('waiting'));
    await close('O-close');
    expect(await sealed('O-close')).toMatchObject({ cause: 'requested' });
    expect(await rejected('O-close', 'ps_close_3')).toMatchObject({ stage: 'policy', code: 'order_closed' });
    mouth.letAnswersGo();
    const cancelled = () => mouth.dataOf('O-close', 'CancelAnswered').map((data) => data['paymentSessionId']);
    await eventually(() => expect(cancelled()).toEqual(expect.arrayContaining(['ps_close', 'ps_close_2'])));
  });

  it('abandons an attempt whose session is not open yet', async () => {
    mouth.holdAnswer('ps_opening');
    await mouth.request('O-opening', 'ps_opening');
    await mouth.asked('ps_opening');
    await close('O-opening');
    expect(await rejected('O-opening', 'ps_opening')).toMatchObject({ stage: 'abandoned', code: 'order_closed' });
    await sealed('O-opening');
    mouth.letAnswersGo();
  });

  it('falls once for an order that nobody knew, and keeps it shut', async () => {
    await close('O-unknown');
    expect(await sealed('O-unknown')).toMatchObject({ orderId: 'O-unknown', cause: 'requested' });
    await close('O-unknown');
    await mouth.request('O-unknown', 'ps_unknown');
    expect(await rejected('O-unknown', 'ps_unknown')).toMatchObject({ code: 'order_closed' });
    expect(mouth.told('O-unknown')).toEqual(['OrderSealed', 'OrderDrained', 'PaymentSessionRejected']);
  });

  it('knows a success that comes after it fell', async () => {
    await mouth.openSession('O-after', 'ps_after', { bankChoice: app });
    await close('O-after');
    await sealed('O-after');
    await mouth.pay('O-after', 'ps_after');
    await mouth.request('O-after', 'ps_after_2');
    expect(await rejected('O-after', 'ps_after_2')).toMatchObject({ code: 'order_paid' });
  });

  it('holds while a person looks at money of another amount, and falls at its time all the same', async () => {
    await mouth.openSession('O-review', 'ps_review', { order: until(5 * minute) });
    const names = { orderId: 'O-review', paymentSessionId: 'ps_review', paymentRequestId: 'ps_review', paymentId: '1' };
    await mouth.ear('PaymentMismatched', { ...names, expected: baht('160'), received: baht('16') });
    await mouth.request('O-review', 'ps_review_2', { bankChoice: app, order: until(5 * minute) });
    expect(await rejected('O-review', 'ps_review_2')).toMatchObject({ stage: 'policy', code: 'order_under_review' });
    mouth.clock.advance(6 * minute);
    await sealed('O-review');
  });

  it('takes no attempt for which no time is left', async () => {
    await mouth.request('O-soon', 'ps_soon', { order: until(59_000) });
    expect(await rejected('O-soon', 'ps_soon')).toMatchObject({ stage: 'policy', code: 'order_expires_too_soon' });
    await mouth.request('O-soon', 'ps_soon_2', { order: until(-1) });
    expect(await rejected('O-soon', 'ps_soon_2')).toMatchObject({ code: 'order_expired' });
  });
});
