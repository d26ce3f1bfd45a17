import { sessionRequests } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import { app, baht, online, PaymentSessionService } from './fixtures/payment-session.specs.js';

const minute = 60_000;

describe('the lock of an order', () => {
  let service: PaymentSessionService;
  beforeAll(async () => {
    service = await PaymentSessionService.open();
  });
  afterAll(() => service.stop());

  const sealed = (orderId: string) => service.published(orderId, 'OrderSealed');
  const rejected = (orderId: string, paymentSessionId: string) =>
    service.published(orderId, 'PaymentSessionRejected', (data) => data['paymentSessionId'] === paymentSessionId);
  const close = (orderId: string) => service.close(orderId);
  const until = (ms: number) => ({ amount: baht('160'), description: 'coffee', expiresAt: service.in(ms) });

  it('seals the order when its time is over: what was used is cancelled, and nothing new starts', async () => {
    await service.openSession('O-time', 'ps_time', { order: until(15 * minute) });
    await service.begin('O-time', 'ps_time');
    service.clock.advance(14 * minute - 10_000);
    expect(service.types('O-time')).not.toContain('OrderSealed');
    service.clock.advance(minute + 11_000);
    const { endsAt } = (await service.published('O-time', 'PaymentSessionCreated')) as { endsAt: string };
    expect(await sealed('O-time')).toMatchObject({ orderId: 'O-time', cause: 'expired', lastEndsAt: endsAt });
    expect(await service.published('O-time', 'CancelAnswered')).toMatchObject({ cause: 'order-sealed' });
    await service.request('O-time', 'ps_time_2', { order: until(minute * 30) });
    expect(await rejected('O-time', 'ps_time_2')).toMatchObject({ stage: 'policy', code: 'order_closed' });
  });

  it('seals it later where a later token gave the order more time', async () => {
    await service.openSession('O-same', 'ps_same', { order: until(5 * minute) });
    await service.openSession('O-more', 'ps_more', { order: until(5 * minute) });
    service.antom.submit('ps_more');
    await service.openSession('O-more', 'ps_more_2', { bankChoice: app, order: until(60 * minute) });
    service.clock.advance(6 * minute);
    await sealed('O-same');
    expect(service.types('O-more')).not.toContain('OrderSealed');
    service.clock.advance(60 * minute);
    expect(await sealed('O-more')).toMatchObject({ cause: 'expired' });
  });

  it('never seals a paid order by time', async () => {
    await service.openSession('O-paid', 'ps_paid', { order: until(5 * minute) });
    await service.openSession('O-unpaid', 'ps_unpaid', { order: until(5 * minute) });
    await service.pay('O-paid', 'ps_paid');
    service.clock.advance(6 * minute);
    await sealed('O-unpaid');
    await close('O-paid');
    await service.world.bus.expectDrained('payment-session', [sessionRequests]);
    expect(service.types('O-paid')).not.toContain('OrderSealed');
  });

  it('seals the order when the merchant closes it: used attempts are cancelled, and what waits is refused', async () => {
    await service.openSession('O-close', 'ps_close', { bankChoice: app });
    await service.openSession('O-close', 'ps_close_2', { bankChoice: online });
    service.holdAnswer('ps_close_2', 'inquiryPayment');
    await service.request('O-close', 'ps_close_3', { bankChoice: app });
    await eventually(async () => expect(await service.statusOf('ps_close_3')).toBe('waiting'));
    await close('O-close');
    expect(await sealed('O-close')).toMatchObject({ cause: 'requested' });
    expect(await rejected('O-close', 'ps_close_3')).toMatchObject({ stage: 'policy', code: 'order_closed' });
    service.letAnswersGo();
    await service.begin('O-close', 'ps_close');
    const cancelled = () => service.dataOf('O-close', 'CancelAnswered').map((data) => data['paymentSessionId']);
    await eventually(() => expect(cancelled()).toEqual(expect.arrayContaining(['ps_close', 'ps_close_2'])));
  });

  it('abandons an attempt whose session is not open yet', async () => {
    service.holdAnswer('ps_opening');
    await service.request('O-opening', 'ps_opening');
    await service.asked('ps_opening');
    await close('O-opening');
    expect(await rejected('O-opening', 'ps_opening')).toMatchObject({ stage: 'abandoned', code: 'order_closed' });
    await sealed('O-opening');
    service.letAnswersGo();
  });

  it('seals an unknown order once, and keeps it shut', async () => {
    await close('O-unknown');
    const data = await sealed('O-unknown');
    expect(data).toMatchObject({ orderId: 'O-unknown', cause: 'requested' });
    expect(data).not.toHaveProperty('lastEndsAt');
    await close('O-unknown');
    await service.request('O-unknown', 'ps_unknown');
    expect(await rejected('O-unknown', 'ps_unknown')).toMatchObject({ code: 'order_closed' });
    expect(service.types('O-unknown')).toEqual(['OrderSealed', 'OrderDrained', 'PaymentSessionRejected']);
  });

  it('knows a success that comes after the seal', async () => {
    await service.openSession('O-after', 'ps_after', { bankChoice: app });
    await close('O-after');
    await sealed('O-after');
    await service.pay('O-after', 'ps_after');
    await service.request('O-after', 'ps_after_2');
    expect(await rejected('O-after', 'ps_after_2')).toMatchObject({ code: 'order_paid' });
  });

  it('holds while a person looks at money, and seals the order at its time all the same', async () => {
    await service.openSession('O-review', 'ps_O-review', { order: until(5 * minute) });
    await service.attention('O-review');
    await service.request('O-review', 'ps_review_2', { bankChoice: app, order: until(5 * minute) });
    expect(await rejected('O-review', 'ps_review_2')).toMatchObject({ stage: 'policy', code: 'money_under_review' });
    service.clock.advance(6 * minute);
    await sealed('O-review');
  });

  it('takes no attempt for which no time is left', async () => {
    await service.request('O-soon', 'ps_soon', { order: until(59_000) });
    expect(await rejected('O-soon', 'ps_soon')).toMatchObject({
      ...{ stage: 'policy', code: 'order_expires_too_soon', errors: [{ field: 'order.expiresAt' }] },
    });
    await service.request('O-soon', 'ps_soon_2', { order: until(-1) });
    expect(await rejected('O-soon', 'ps_soon_2')).toMatchObject({ code: 'order_expired' });
  });
});
