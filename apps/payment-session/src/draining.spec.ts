import { sessionRequests } from '@kasir/contracts';
import { app, online, PaymentSessionService } from './fixtures/payment-session.specs.js';

describe('a sealed order is drained', () => {
  let service: PaymentSessionService;
  beforeAll(async () => {
    service = await PaymentSessionService.open();
  });
  afterAll(() => service.stop());

  const close = async (orderId: string): Promise<void> => {
    await service.close(orderId);
    await service.published(orderId, 'OrderSealed');
  };
  const names = (orderId: string, id: string) => ({ orderId, paymentSessionId: id });
  const drained = (orderId: string) => service.dataOf(orderId, 'OrderDrained');

  it('at once where it has no attempt, or only such as never reached a buyer', async () => {
    await close('D-none');
    await service.published('D-none', 'OrderDrained');
    service.antom.disturb({ fault: 'reject', match: 'ps_D-refused', code: 'RISK_REJECT' });
    await service.request('D-refused', 'ps_D-refused');
    await service.published('D-refused', 'PaymentSessionRejected');
    await close('D-refused');
    await service.published('D-refused', 'OrderDrained');
  });

  it('with the end of the last of its attempts, and once', async () => {
    await service.openSession('D-two', 'ps_D-two', { bankChoice: app });
    await service.openSession('D-two', 'ps_D-two_2', { bankChoice: online });
    await close('D-two');
    await service.report('PaymentExpired', names('D-two', 'ps_D-two_2'));
    expect(drained('D-two')).toEqual([]);
    await service.report('PaymentCancelled', names('D-two', 'ps_D-two'));
    await service.published('D-two', 'OrderDrained');
    await service.report('PaymentCancelled', names('D-two', 'ps_D-two_2'));
    await service.report('PaymentExpired', names('D-two', 'ps_D-two'));
    await close('D-two');
    await service.world.bus.expectDrained('payment-session', [sessionRequests]);
    expect(drained('D-two')).toHaveLength(1);
  });

  it('by an abandoned attempt only when an inquiry has ended it', async () => {
    service.holdAnswer('ps_D-opening');
    await service.request('D-opening', 'ps_D-opening');
    await service.asked('ps_D-opening');
    await close('D-opening');
    service.letAnswersGo();
    expect(drained('D-opening')).toEqual([]);
    await service.report('PaymentExpired', names('D-opening', 'ps_D-opening'));
    await service.published('D-opening', 'OrderDrained');
  });

  it('never where it was paid after all', async () => {
    await service.openSession('D-paid', 'ps_D-paid', { bankChoice: app });
    await service.openSession('D-paid', 'ps_D-paid_2', { bankChoice: online });
    await close('D-paid');
    await service.pay('D-paid', 'ps_D-paid_2');
    await service.report('PaymentExpired', names('D-paid', 'ps_D-paid'));
    expect(drained('D-paid')).toEqual([]);
  });

  it('by a person who says that an unanswered attempt ended unpaid', async () => {
    await service.openSession('D-mute', 'ps_D-mute', { bankChoice: app });
    await close('D-mute');
    await service.resolve('D-mute', { kind: 'no-answer', resolution: 'no-action', paymentId: undefined });
    expect(drained('D-mute')).toEqual([]);
    await service.resolve('D-mute', { kind: 'no-answer', resolution: 'ended-unpaid', paymentId: undefined });
    await service.published('D-mute', 'OrderDrained');
    expect(await service.statusOf('ps_D-mute')).toBe('expired');
  });

  it('by a person who has decided about all money under review, whatever the resolution', async () => {
    await service.openSession('D-other', 'ps_D-other');
    for (const paymentId of ['1', '2']) await service.attention('D-other', { paymentId });
    await close('D-other');
    await service.resolve('D-other', { resolution: 'no-action', paymentId: '1', openCases: 1 });
    expect(drained('D-other')).toEqual([]);
    await service.resolve('D-other', { resolution: 'refunded-outside', paymentId: '2' });
    await service.published('D-other', 'OrderDrained');
  });

  it('by its last attempt, after the money of the first went back and it was opened again', async () => {
    await service.openSession('D-again', 'ps_D-again', { bankChoice: app });
    await service.pay('D-again', 'ps_D-again');
    await service.resolve('D-again', { kind: 'payment-returned', resolution: 'new-attempt' });
    await service.openSession('D-again', 'ps_D-again_2', { bankChoice: app });
    await close('D-again');
    expect(drained('D-again')).toEqual([]);
    await service.report('PaymentExpired', names('D-again', 'ps_D-again_2'));
    await service.published('D-again', 'OrderDrained');
  });
});
