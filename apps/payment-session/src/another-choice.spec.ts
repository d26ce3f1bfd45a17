import { eventually } from '@kasir/testing';
import { app, Mouth, online, rupiah, transfer } from './fixtures/mouth.specs.js';

const minute = 60_000;

describe('a buyer who wants a session while another one lives', () => {
  let mouth: Mouth;
  beforeAll(async () => {
    mouth = await Mouth.open();
  });
  afterAll(() => mouth.close());

  const bankOf = (bankName: string) => ({ bankChoice: { bankName } });
  const rejected = (orderId: string) => mouth.heard(orderId, 'PaymentSessionRejected');
  const created = (orderId: string) =>
    mouth.dataOf(orderId, 'PaymentSessionCreated').map((data) => data['paymentSessionId']);

  it('gets the same session again for the same choice', async () => {
    await mouth.openSession('O-same', 'ps_same');
    await mouth.request('O-same', 'ps_same_2');
    expect(await rejected('O-same')).toMatchObject({ code: 'session_lives', livingPaymentSessionId: 'ps_same' });
    expect(created('O-same')).toEqual(['ps_same']);
  });

  it('gets another one for another choice once Antom has cancelled the first', async () => {
    await mouth.openSession('O-other', 'ps_other');
    mouth.antom.submit('ps_other');
    await mouth.openSession('O-other', 'ps_other_2', bankOf('Bangkok Bank'));
    expect(mouth.told('O-other')).toEqual(['PaymentSessionCreated', 'CancelAnswered', 'PaymentSessionCreated']);
    expect(mouth.dataOf('O-other', 'CancelAnswered')).toEqual([
      expect.objectContaining({ answer: 'cancelled', cause: 'another-choice', paymentSessionId: 'ps_other' }),
    ]);
    expect(mouth.sessionAtAntom('ps_other')?.status).toBe('cancelled');
  });

  it('gets another one for another amount in the same way, once Antom has cancelled the first', async () => {
    const order = {
      amount: { value: '160', currency: 'THB' },
      description: 'coffee',
      expiresAt: mouth.in(60 * minute),
    };
    await mouth.openSession('O-promo', 'ps_promo', { order });
    mouth.antom.submit('ps_promo');
    await mouth.openSession('O-promo', 'ps_promo_2', { order, amount: { value: '150', currency: 'THB' } });
    expect(mouth.sessionAtAntom('ps_promo')?.status).toBe('cancelled');
  });

  it('gets another one beside an app session that was never used, which is watched on', async () => {
    await mouth.openSession('O-app', 'ps_app', { bankChoice: app });
    await mouth.openSession('O-app', 'ps_app_2', { bankChoice: online });
    expect(mouth.dataOf('O-app', 'CancelAnswered')).toMatchObject([{ answer: 'refused', code: 'ORDER_NOT_EXIST' }]);
    expect(await mouth.statusOf('ps_app')).toBe('superseded');
  });

  it('has the superseded one cancelled as soon as it shows life', async () => {
    mouth.antom.submit('ps_app');
    const names = { orderId: 'O-app', paymentSessionId: 'ps_app', paymentRequestId: 'ps_app', paymentId: '1' };
    await mouth.ear('PaymentPending', { ...names, amount: { value: '160', currency: 'THB' } });
    await mouth.heard(
      'O-app',
      'CancelAnswered',
      ({ answer, cause }) => answer === 'cancelled' && cause === 'shows-life',
    );
    expect(await mouth.statusOf('ps_app_2')).toBe('created');
  });

  it('gets none beside an app session of which the ear has heard, whatever Antom answers', async () => {
    await mouth.openSession('O-seen', 'ps_seen', { bankChoice: app });
    const names = { orderId: 'O-seen', paymentSessionId: 'ps_seen', paymentRequestId: 'ps_seen', paymentId: '1' };
    await mouth.ear('PaymentFailed', { ...names, code: 'USER_BALANCE_NOT_ENOUGH', message: '' });
    await mouth.request('O-seen', 'ps_seen_2', { bankChoice: online });
    expect(await rejected('O-seen')).toMatchObject({ code: 'attempt_in_progress' });
  });

  it('gets none beside a transfer, which may still come for two days', async () => {
    await mouth.openSession('O-transfer', 'ps_transfer', { bankChoice: transfer });
    await mouth.request('O-transfer', 'ps_transfer_2', { bankChoice: app });
    expect(await rejected('O-transfer')).toMatchObject({
      stage: 'policy',
      code: 'attempt_in_progress',
      livingPaymentSessionId: 'ps_transfer',
    });
    expect(created('O-transfer')).toEqual(['ps_transfer']);
  });

  it('gets none while the first is paid, and nothing is cancelled', async () => {
    await mouth.openSession('O-late', 'ps_late', { bankChoice: app });
    mouth.antom.pay('ps_late');
    await mouth.request('O-late', 'ps_late_2', { bankChoice: online });
    expect(await rejected('O-late')).toMatchObject({ code: 'attempt_in_progress' });
    expect(mouth.calls('ps_late')).not.toContain('cancel');
  });

  it('gets none in Indonesia once the first was used, because nothing can be cancelled there', async () => {
    const amount = rupiah('1500000');
    await mouth.openSession('O-id', 'ps_id', { bankChoice: online, amount });
    mouth.antom.submit('ps_id');
    await mouth.request('O-id', 'ps_id_2', { bankChoice: transfer, amount });
    expect(await rejected('O-id')).toMatchObject({ code: 'attempt_in_progress' });
    expect(mouth.dataOf('O-id', 'CancelAnswered')).toMatchObject([{ answer: 'impossible' }]);
  });

  it('gets another one in Indonesia beside online banking that was never used', async () => {
    const amount = rupiah('1500000');
    await mouth.openSession('O-id-unused', 'ps_id_unused', { bankChoice: online, amount });
    await mouth.openSession('O-id-unused', 'ps_id_unused_2', { bankChoice: transfer, amount });
    expect(await mouth.statusOf('ps_id_unused')).toBe('superseded');
    expect(mouth.calls('ps_id_unused')).not.toContain('cancel');
  });

  it('gets none where Antom does not answer until the buyer gives up', async () => {
    await mouth.openSession('O-silent', 'ps_silent', { bankChoice: app });
    mouth.antom.disturb({ fault: 'unavailable', call: 'inquiryPayment', match: 'ps_silent', times: 'always' });
    await mouth.request('O-silent', 'ps_silent_2', { bankChoice: online });
    await eventually(async () => expect(await mouth.statusOf('ps_silent_2')).toBe('waiting'));
    mouth.clock.advance(minute);
    expect(await rejected('O-silent')).toMatchObject({
      code: 'attempt_in_progress',
      livingPaymentSessionId: 'ps_silent',
    });
    expect(mouth.dataOf('O-silent', 'CancelAnswered')).toEqual([]);
  });

  it('waits alone: a third wish is refused at once', async () => {
    await mouth.openSession('O-third', 'ps_third', { bankChoice: app });
    mouth.holdAnswer('ps_third', 'inquiryPayment');
    await mouth.request('O-third', 'ps_third_2', { bankChoice: online });
    await mouth.request('O-third', 'ps_third_3', { bankChoice: transfer });
    expect(await rejected('O-third')).toMatchObject({ paymentSessionId: 'ps_third_3', code: 'attempt_in_progress' });
    mouth.letAnswersGo();
    await mouth.heard('O-third', 'PaymentSessionCreated', (data) => data['paymentSessionId'] === 'ps_third_2');
  });

  it('gets the session of the last choice, where the first was not open yet', async () => {
    mouth.holdAnswer('ps_hasty');
    await mouth.request('O-hasty', 'ps_hasty', { bankChoice: app });
    await mouth.asked('ps_hasty');
    await mouth.openSession('O-hasty', 'ps_hasty_2', { bankChoice: online });
    expect(mouth.dataOf('O-hasty', 'PaymentSessionRejected')).toMatchObject([
      { paymentSessionId: 'ps_hasty', stage: 'abandoned', code: 'another_choice' },
    ]);
    mouth.letAnswersGo();
    expect(mouth.calls('ps_hasty')).not.toContain('cancel');
  });

  it('gets a new one for the same choice when the session is over and was never used', async () => {
    await mouth.openSession('O-over', 'ps_over', { bankChoice: app });
    mouth.clock.advance(11 * minute);
    await mouth.openSession('O-over', 'ps_over_2', { bankChoice: app });
    expect(await mouth.statusOf('ps_over')).toBe('superseded');
  });

  it('gets it when the first has ended while the second waited', async () => {
    await mouth.openSession('O-ended', 'ps_ended', { bankChoice: transfer });
    mouth.holdAnswer('ps_ended', 'inquiryPayment');
    await mouth.request('O-ended', 'ps_ended_2', { bankChoice: app });
    await eventually(async () => expect(await mouth.statusOf('ps_ended_2')).toBe('waiting'));
    const names = { orderId: 'O-ended', paymentSessionId: 'ps_ended', paymentRequestId: 'ps_ended' };
    await mouth.ear('PaymentExpired', names);
    await mouth.heard('O-ended', 'PaymentSessionCreated', (data) => data['paymentSessionId'] === 'ps_ended_2');
    mouth.letAnswersGo();
  });

  it('pays once: the success of one has its living siblings cancelled, and what waits is refused', async () => {
    await mouth.openSession('O-siblings', 'ps_first', { bankChoice: app });
    await mouth.openSession('O-siblings', 'ps_second', { bankChoice: online });
    mouth.antom.submit('ps_first');
    mouth.holdAnswer('ps_second', 'inquiryPayment');
    await mouth.request('O-siblings', 'ps_waiting', { bankChoice: app });
    await eventually(async () => expect(await mouth.statusOf('ps_waiting')).toBe('waiting'));
    await mouth.pay('O-siblings', 'ps_second');
    expect(await rejected('O-siblings')).toMatchObject({ paymentSessionId: 'ps_waiting', code: 'order_paid' });
    mouth.letAnswersGo();
    await mouth.heard('O-siblings', 'CancelAnswered', (data) => data['cause'] === 'sibling-succeeded');
    expect(mouth.sessionAtAntom('ps_first')?.status).toBe('cancelled');
    expect(mouth.antom.ledger().filter(({ referenceOrderId }) => referenceOrderId === 'O-siblings')).toHaveLength(1);
  });
});
