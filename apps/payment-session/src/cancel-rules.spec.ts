import { app, online, PaymentSessionService, pesos, rupiah } from './fixtures/payment-session.specs.js';

type Change = Parameters<PaymentSessionService['openSession']>[2];

describe('an attempt that should bring no money any more (M13)', () => {
  let service: PaymentSessionService;
  beforeAll(async () => {
    service = await PaymentSessionService.open();
  });
  afterAll(() => service.stop());

  const sealed = async (orderId: string, change: Change = {}) => {
    await service.openSession(orderId, `ps_${orderId}`, change);
    await service.close(orderId);
    await service.published(orderId, 'OrderSealed');
  };
  const cancelsOf = (id: string) => service.calls(id).filter((call) => call === 'cancel');
  const untouched = { cause: null, due: false };
  const answered = (orderId: string, count: number) =>
    service.publishedLater(orderId, 'CancelAnswered', () => service.dataOf(orderId, 'CancelAnswered').length === count);

  it('is not cancelled where the buyer has not used it', async () => {
    await sealed('C-unused');
    expect(await service.cancelOf('ps_C-unused')).toEqual(untouched);
    expect(service.types('C-unused')).toEqual(['PaymentSessionCreated', 'OrderSealed']);
  });

  it('is cancelled when a payment is seen in it, and again when another one is seen', async () => {
    await sealed('C-seen');
    service.antom.disturb({ fault: 'reject', call: 'cancel', match: 'ps_C-seen', code: 'ORDER_STATUS_INVALID' });
    await service.begin('C-seen', 'ps_C-seen');
    expect(await answered('C-seen', 1)).toMatchObject({ answer: 'refused', cause: 'order-sealed' });
    await service.report('PaymentFailed', {
      ...{ orderId: 'C-seen', paymentSessionId: 'ps_C-seen', paymentId: 'try-1', code: 'PROCESS_FAIL', message: '' },
    });
    await answered('C-seen', 2);
    expect(service.sessionAtAntom('ps_C-seen')?.status).toBe('cancelled');
    expect(service.dataOf('C-seen', 'CancelStarted')).toHaveLength(1);
  });

  it('is asked about three times at most for each payment that is seen', async () => {
    await sealed('C-mute');
    service.antom.disturb({ fault: 'unknown', call: 'cancel', match: 'ps_C-mute', times: 'always' });
    await service.begin('C-mute', 'ps_C-mute');
    expect(await answered('C-mute', 1)).toMatchObject({ answer: 'unanswered' });
    expect(cancelsOf('ps_C-mute')).toHaveLength(3);
    await service.begin('C-mute', 'ps_C-mute');
    await answered('C-mute', 2);
    expect(cancelsOf('ps_C-mute')).toHaveLength(6);
  });

  it('is not cancelled where Antom says that it is paid', async () => {
    await sealed('C-paid');
    const { amount } = service.antom.pay('ps_C-paid');
    const names = { orderId: 'C-paid', paymentSessionId: 'ps_C-paid' };
    await service.report('PaymentPending', { ...names, amount, cause: 'bank' });
    expect(await service.published('C-paid', 'CancelAnswered')).toMatchObject({ code: 'payment_succeeded' });
    expect(cancelsOf('ps_C-paid')).toEqual([]);
  });

  it('is not cancelled because of a success that is inquired about after a cancel', async () => {
    await sealed('C-inquired');
    const { amount } = service.antom.pay('ps_C-inquired');
    const names = { orderId: 'C-inquired', paymentSessionId: 'ps_C-inquired' };
    await service.report('PaymentPending', { ...names, amount, cause: 'inquiring-after-cancel' });
    expect(await service.cancelOf('ps_C-inquired')).toEqual(untouched);
  });

  it('is not cancelled where its way of paying has no cancel, and no cancel is announced', async () => {
    await sealed('C-id', { bankChoice: online, amount: rupiah('1500000') });
    await service.begin('C-id', 'ps_C-id');
    expect(await service.published('C-id', 'CancelAnswered')).toMatchObject({ answer: 'impossible' });
    expect(service.calls('ps_C-id')).toEqual(['createPaymentSession']);
    expect(service.types('C-id')).not.toContain('CancelStarted');
  });

  it('is not cancelled beside a payment of its order where a cancel might give paid money back', async () => {
    const amount = pesos('2500');
    await service.openSession('C-back', 'ps_C-back', { bankChoice: { bankName: 'BPI' }, amount });
    await service.openSession('C-back', 'ps_C-back_2', { bankChoice: { bankName: 'UnionBank' }, amount });
    const asked = cancelsOf('ps_C-back').length;
    await service.pay('C-back', 'ps_C-back_2');
    await service.begin('C-back', 'ps_C-back');
    expect(await service.cancelOf('ps_C-back')).toMatchObject({ cause: 'another-choice', due: false });
    expect(cancelsOf('ps_C-back')).toHaveLength(asked);
  });

  it('is cancelled beside a payment of its order where only an unpaid one can be cancelled', async () => {
    await service.openSession('C-thai', 'ps_C-thai', { bankChoice: app });
    await service.openSession('C-thai', 'ps_C-thai_2', { bankChoice: online });
    await service.pay('C-thai', 'ps_C-thai_2');
    await service.begin('C-thai', 'ps_C-thai');
    await service.published('C-thai', 'CancelAnswered', ({ cause }) => cause === 'sibling-succeeded');
    expect(service.sessionAtAntom('ps_C-thai')?.status).toBe('cancelled');
  });
});
