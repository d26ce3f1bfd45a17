import { eventually } from '@kasir/testing';
import { app, online, PaymentSessionService, rupiah, transfer } from './fixtures/payment-session.specs.js';

const minute = 60_000;

describe('a buyer who wants a session while another one lives', () => {
  let service: PaymentSessionService;
  beforeAll(async () => {
    service = await PaymentSessionService.open();
  });
  afterAll(() => service.stop());

  const bankOf = (bankName: string) => ({ bankChoice: { bankName } });
  const rejected = (orderId: string) => service.published(orderId, 'PaymentSessionRejected');
  const created = (orderId: string) =>
    service.dataOf(orderId, 'PaymentSessionCreated').map((data) => data['paymentSessionId']);

  it('gets the same session again for the same choice', async () => {
    await service.openSession('O-same', 'ps_same');
    await service.request('O-same', 'ps_same_2');
    expect(await rejected('O-same')).toMatchObject({ code: 'session_lives', livingPaymentSessionId: 'ps_same' });
    expect(created('O-same')).toEqual(['ps_same']);
  });

  it('gets another one for another choice once Antom has cancelled the first', async () => {
    await service.openSession('O-other', 'ps_other');
    service.antom.submit('ps_other');
    await service.openSession('O-other', 'ps_other_2', bankOf('Bangkok Bank'));
    expect(service.types('O-other')).toEqual([
      ...['PaymentSessionCreated', 'CancelStarted', 'CancelAnswered', 'PaymentSessionCreated'],
    ]);
    expect(service.dataOf('O-other', 'CancelAnswered')).toEqual([
      expect.objectContaining({ answer: 'cancelled', cause: 'another-choice', paymentSessionId: 'ps_other' }),
    ]);
    expect(service.sessionAtAntom('ps_other')?.status).toBe('cancelled');
  });

  it('gets another one for another amount in the same way, once Antom has cancelled the first', async () => {
    const order = {
      amount: { value: '160', currency: 'THB' },
      description: 'coffee',
      expiresAt: service.in(60 * minute),
    };
    await service.openSession('O-promo', 'ps_promo', { order });
    service.antom.submit('ps_promo');
    await service.openSession('O-promo', 'ps_promo_2', { order, amount: { value: '150', currency: 'THB' } });
    expect(service.sessionAtAntom('ps_promo')?.status).toBe('cancelled');
  });

  it('gets another one beside an app session that was never used, which is watched on', async () => {
    await service.openSession('O-app', 'ps_app', { bankChoice: app });
    await service.openSession('O-app', 'ps_app_2', { bankChoice: online });
    expect(service.dataOf('O-app', 'CancelAnswered')).toMatchObject([{ answer: 'refused', code: 'ORDER_NOT_EXIST' }]);
    expect(await service.statusOf('ps_app')).toBe('superseded');
    expect(service.dataOf('O-app', 'PaymentSessionCreated').at(-1)).toMatchObject({ supersedes: ['ps_app'] });
  });

  it('has the superseded one cancelled as soon as a payment is seen in it (M13)', async () => {
    await service.begin('O-app', 'ps_app');
    const cancelled = await service.published('O-app', 'CancelAnswered', ({ answer }) => answer === 'cancelled');
    expect(cancelled).toMatchObject({ paymentSessionId: 'ps_app', cause: 'another-choice' });
    expect(await service.statusOf('ps_app_2')).toBe('created');
    expect(service.dataOf('O-app', 'CancelStarted')).toHaveLength(1);
  });

  it('gets none beside an app session in which a payment was seen, whatever Antom answers', async () => {
    await service.openSession('O-seen', 'ps_seen', { bankChoice: app });
    const names = { orderId: 'O-seen', paymentSessionId: 'ps_seen', paymentId: '1' };
    await service.report('PaymentFailed', { ...names, code: 'USER_BALANCE_NOT_ENOUGH', message: '' });
    await service.request('O-seen', 'ps_seen_2', { bankChoice: online });
    expect(await rejected('O-seen')).toMatchObject({ code: 'attempt_in_progress' });
  });

  it('gets another one beside a transfer that was never used, without waiting for its end (U6)', async () => {
    await service.openSession('O-transfer', 'ps_transfer', { bankChoice: transfer });
    await service.openSession('O-transfer', 'ps_transfer_2', { bankChoice: app });
    expect(await service.statusOf('ps_transfer')).toBe('superseded');
  });

  it('gets none beside a transfer that was used and cannot be cancelled, which may come for two days', async () => {
    await service.openSession('O-used', 'ps_used', { bankChoice: transfer });
    await service.begin('O-used', 'ps_used');
    service.antom.disturb({ fault: 'reject', call: 'cancel', match: 'ps_used', code: 'ORDER_STATUS_INVALID' });
    await service.request('O-used', 'ps_used_2', { bankChoice: app });
    expect(await rejected('O-used')).toMatchObject({
      ...{ stage: 'policy', code: 'attempt_in_progress', livingPaymentSessionId: 'ps_used' },
    });
    expect(created('O-used')).toEqual(['ps_used']);
  });

  it('gets none while the first is paid, and nothing is cancelled', async () => {
    await service.openSession('O-late', 'ps_late', { bankChoice: app });
    service.antom.pay('ps_late');
    await service.request('O-late', 'ps_late_2', { bankChoice: online });
    expect(await rejected('O-late')).toMatchObject({ code: 'attempt_in_progress' });
    expect(service.calls('ps_late')).not.toContain('cancel');
  });

  it('gets none in Indonesia once the first was used, because nothing can be cancelled there', async () => {
    const amount = rupiah('1500000');
    await service.openSession('O-id', 'ps_id', { bankChoice: online, amount });
    service.antom.submit('ps_id');
    await service.request('O-id', 'ps_id_2', { bankChoice: transfer, amount });
    expect(await rejected('O-id')).toMatchObject({ code: 'attempt_in_progress' });
    expect(service.dataOf('O-id', 'CancelAnswered')).toMatchObject([{ answer: 'impossible' }]);
  });

  it('gets another one in Indonesia beside online banking that was never used', async () => {
    const amount = rupiah('1500000');
    await service.openSession('O-id-unused', 'ps_id_unused', { bankChoice: online, amount });
    await service.openSession('O-id-unused', 'ps_id_unused_2', { bankChoice: transfer, amount });
    expect(await service.statusOf('ps_id_unused')).toBe('superseded');
    expect(service.calls('ps_id_unused')).not.toContain('cancel');
  });

  it('gets none where Antom does not answer until the buyer gives up', async () => {
    await service.openSession('O-silent', 'ps_silent', { bankChoice: app });
    service.antom.disturb({ fault: 'unavailable', call: 'inquiryPayment', match: 'ps_silent', times: 'always' });
    await service.request('O-silent', 'ps_silent_2', { bankChoice: online });
    await eventually(async () => expect(await service.statusOf('ps_silent_2')).toBe('waiting'));
    service.clock.advance(minute);
    expect(await rejected('O-silent')).toMatchObject({
      code: 'attempt_in_progress',
      livingPaymentSessionId: 'ps_silent',
    });
    expect(service.dataOf('O-silent', 'CancelAnswered')).toEqual([]);
  });

  it('waits alone: a third choice is refused at once', async () => {
    await service.openSession('O-third', 'ps_third', { bankChoice: app });
    service.holdAnswer('ps_third', 'inquiryPayment');
    await service.request('O-third', 'ps_third_2', { bankChoice: online });
    await service.request('O-third', 'ps_third_3', { bankChoice: transfer });
    expect(await rejected('O-third')).toMatchObject({ paymentSessionId: 'ps_third_3', code: 'attempt_in_progress' });
    service.letAnswersGo();
    await service.published('O-third', 'PaymentSessionCreated', (data) => data['paymentSessionId'] === 'ps_third_2');
  });

  it('gets the session of the last choice, where the first was not open yet', async () => {
    service.holdAnswer('ps_hasty');
    await service.request('O-hasty', 'ps_hasty', { bankChoice: app });
    await service.asked('ps_hasty');
    await service.openSession('O-hasty', 'ps_hasty_2', { bankChoice: online });
    expect(service.dataOf('O-hasty', 'PaymentSessionRejected')).toMatchObject([
      { paymentSessionId: 'ps_hasty', stage: 'abandoned', code: 'another_choice' },
    ]);
    service.letAnswersGo();
    expect(service.calls('ps_hasty')).not.toContain('cancel');
  });

  it('gets a new one for the same choice when the session is over and was never used', async () => {
    await service.openSession('O-over', 'ps_over', { bankChoice: app });
    service.clock.advance(11 * minute);
    await service.openSession('O-over', 'ps_over_2', { bankChoice: app });
    expect(await service.statusOf('ps_over')).toBe('superseded');
  });

  it('gets it when the first has ended while the second waited', async () => {
    await service.openSession('O-ended', 'ps_ended', { bankChoice: transfer });
    service.holdAnswer('ps_ended', 'inquiryPayment');
    await service.request('O-ended', 'ps_ended_2', { bankChoice: app });
    await eventually(async () => expect(await service.statusOf('ps_ended_2')).toBe('waiting'));
    const names = { orderId: 'O-ended', paymentSessionId: 'ps_ended' };
    await service.report('PaymentExpired', names);
    await service.published('O-ended', 'PaymentSessionCreated', (data) => data['paymentSessionId'] === 'ps_ended_2');
    service.letAnswersGo();
  });

  it('pays once: what waits is refused, and a sibling is cancelled when a payment is seen in it (M13)', async () => {
    await service.openSession('O-siblings', 'ps_first', { bankChoice: app });
    await service.openSession('O-siblings', 'ps_second', { bankChoice: online });
    service.holdAnswer('ps_second', 'inquiryPayment');
    await service.request('O-siblings', 'ps_waiting', { bankChoice: app });
    await eventually(async () => expect(await service.statusOf('ps_waiting')).toBe('waiting'));
    await service.pay('O-siblings', 'ps_second');
    expect(await rejected('O-siblings')).toMatchObject({ paymentSessionId: 'ps_waiting', code: 'order_paid' });
    service.letAnswersGo();
    expect(await service.cancelOf('ps_first')).toMatchObject({ cause: 'another-choice', due: false });
    await service.begin('O-siblings', 'ps_first');
    await service.published('O-siblings', 'CancelAnswered', (data) => data['cause'] === 'sibling-succeeded');
    expect(service.sessionAtAntom('ps_first')?.status).toBe('cancelled');
    const ledger = service.antom.ledger().filter(({ referenceOrderId }) => referenceOrderId === 'O-siblings');
    expect(ledger).toHaveLength(1);
  });
});
