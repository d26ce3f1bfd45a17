import { eventually, paymentNotification } from '@kasir/testing';
import { day, NotificationBesideAntom, hour, minute } from './fixtures/notification.specs.js';
import { refundNotification, refundPath } from './fixtures/refund-notification.specs.js';

const ringgit = (value: string) => ({ value, currency: 'MYR' });

describe('a refund', () => {
  let service: NotificationBesideAntom;
  let paymentId: string;
  beforeAll(async () => {
    service = await NotificationBesideAntom.start();
    await service.openSession('O-1', 'ps_1', { bankName: 'FPX', money: ringgit('9000') });
    paymentId = service.antom.pay('ps_1').paymentId;
    await service.deliver(service.sign(paymentNotification('ps_1', paymentId, { value: '9000', currency: 'MYR' })));
    await eventually(() => expect(service.said('O-1')).toEqual(['PaymentSucceeded']));
  });
  afterAll(() => service.stop());

  it('has reached the buyer when Antom notifies it, once, however often', async () => {
    await start('rf_1', '100');
    const webhook = service.sign(refundNotification('rf_1', { value: '100', currency: 'MYR' }), { path: refundPath });
    const answers = await Promise.all([1, 2, 3].map(() => service.deliver(webhook, refundPath)));
    expect(answers).toEqual([200, 200, 200]);
    await service.settled();
    expect(about('rf_1')).toMatchObject([{ type: 'RefundSucceeded', data: { paymentId, amount: ringgit('100') } }]);
    expect(await plans('rf_1')).toEqual([]);
  });

  it('of which Antom sends no notification is asked about until it has an end', async () => {
    await start('rf_2', '200');
    await service.refundAtAntom('rf_2', paymentId, ringgit('200'));
    await answered('rf_2', 'processing');
    await service.quiet();
    expect(about('rf_2')).toEqual([]);
    await service.pass(5 * minute);
    await service.pass(hour);
    await eventually(() => expect(about('rf_2')).toMatchObject([{ type: 'RefundSucceeded' }]));
    expect(await plans('rf_2')).toEqual([]);
  });

  it('has not failed because the call was refused; it has when Antom then knows of no such refund', async () => {
    await start('rf_3', '300');
    service.antom.disturb({ fault: 'unavailable', match: '*', call: 'inquiryRefund' });
    await answered('rf_3', 'refused');
    await service.quiet();
    expect(about('rf_3')).toEqual([]);
    await service.pass(10 * minute);
    await eventually(() =>
      expect(about('rf_3')).toMatchObject([{ type: 'RefundFailed', data: { code: 'REFUND_WINDOW_EXCEED' } }]),
    );
  });

  it('that nobody at Antom knows yet has not failed either: the call may still be under way', async () => {
    await start('rf_4', '400');
    await service.pass(5 * minute);
    await service.pass(hour);
    expect(about('rf_4')).toEqual([]);
    expect(await plans('rf_4')).toHaveLength(1);
  });

  it('fails when Antom notifies it and says so again when asked', async () => {
    service.antom.rule({ scenario: 'refund_fails', match: 'ps_1' });
    await start('rf_5', '500');
    await service.refundAtAntom('rf_5', paymentId, ringgit('500'));
    service.time.advance(10_000);
    const failure = refundNotification('rf_5', { status: 'FAIL', value: '500', currency: 'MYR' });
    await service.deliver(service.sign(failure, { path: refundPath }), refundPath);
    await eventually(() =>
      expect(about('rf_5')).toMatchObject([{ type: 'RefundFailed', data: { code: 'PROCESS_FAIL' } }]),
    );
  });

  it('that failed and reached the buyer after all is told of: money beats its own failure', async () => {
    await service.deliver(
      service.sign(refundNotification('rf_5', { value: '500', currency: 'MYR' }), { path: refundPath }),
      refundPath,
    );
    await eventually(() => expect(about('rf_5').map(({ type }) => type)).toEqual(['RefundFailed', 'RefundSucceeded']));
  });

  it('of which Antom tells before payment-session does waits for its announcement, even where its payment is known', async () => {
    const news = refundNotification('rf_6', { value: '600', currency: 'MYR', paymentId });
    await service.deliver(service.sign(news, { path: refundPath }), refundPath);
    await service.settled();
    expect(about('rf_6')).toEqual([]);
    await start('rf_6', '600');
    await eventually(() => expect(about('rf_6')).toMatchObject([{ type: 'RefundSucceeded' }]));
  });

  it('of another amount than the one that was asked for is for a person', async () => {
    await start('rf_7', '700');
    await service.deliver(
      service.sign(refundNotification('rf_7', { value: '701', currency: 'MYR' }), { path: refundPath }),
      refundPath,
    );
    await eventually(() =>
      expect(about('rf_7')).toMatchObject([
        {
          type: 'PaymentNeedsAttention',
          data: { kind: 'refund-other-amount', paymentId, evidence: { expected: '700 MYR', received: '701 MYR' } },
        },
      ]),
    );
  });

  it('told of by a message that was signed long ago is asked about first', async () => {
    await start('rf_8', '800');
    const old = service.sign(refundNotification('rf_8', { value: '800', currency: 'MYR' }), {
      path: refundPath,
      ageMs: hour,
    });
    expect(await service.deliver(old, refundPath)).toBe(200);
    await service.quiet();
    await service.settled();
    expect(about('rf_8')).toEqual([]);
    expect(await plans('rf_8')).toHaveLength(1);
  });

  it('without an answer for a week is for a person, once', async () => {
    await start('rf_9', '900');
    service.antom.disturb({ fault: 'unavailable', call: 'inquiryRefund', times: 'always' });
    for (let days = 0; days < 8; days++) await service.pass(day);
    service.antom.reset();
    await eventually(() =>
      expect(about('rf_9')).toMatchObject([{ type: 'PaymentNeedsAttention', data: { kind: 'refund-no-answer' } }]),
    );
    expect(await plans('rf_9')).toEqual([]);
  });

  it('that is not ours comes to light in the history of its payment, and is a return, once', async () => {
    await service.refundAtAntom('dashboard-1', paymentId, ringgit('1000'));
    service.time.advance(minute);
    const news = service.sign(refundNotification('dashboard-1', { value: '1000', currency: 'MYR' }), {
      path: refundPath,
    });
    expect(await service.deliver(news, refundPath)).toBe(200);
    expect(about('dashboard-1')).toEqual([]);
    await service.verb('inquire', { paymentSessionId: 'ps_1' });
    await eventually(() =>
      expect(about('dashboard-1')).toMatchObject([
        {
          type: 'PaymentReturned',
          data: { cause: 'refund', paymentId, orderId: 'O-1', paymentSessionId: 'ps_1', amount: ringgit('1000') },
        },
      ]),
    );
    await service.verb('inquire', { paymentSessionId: 'ps_1' });
    await service.quiet();
    await service.settled();
    expect(about('dashboard-1')).toHaveLength(1);
    expect(await service.verb('waiting-news')).toMatchObject({ waiting: [] });
  });

  it('that is not ours is understood at once where the message names its payment, and no inquiry counts it again', async () => {
    const named = refundNotification('dashboard-2', { value: '11', currency: 'MYR', paymentId });
    await service.deliver(service.sign(named, { path: refundPath }), refundPath);
    await eventually(() =>
      expect(about('dashboard-2')).toMatchObject([
        { type: 'PaymentReturned', data: { returnId: 'antom-dashboard-2', amount: ringgit('11') } },
      ]),
    );
    await service.deliver(service.sign(named, { path: refundPath }), refundPath);
    await service.verb('inquire', { paymentSessionId: 'ps_1' });
    await service.quiet();
    await service.settled();
    expect(about('dashboard-2')).toHaveLength(1);
  });

  it('of an unknown payment waits, and an operator sees it', async () => {
    await service.deliver(
      service.sign(refundNotification('dashboard-3', { paymentId: 'strange' }), { path: refundPath }),
      refundPath,
    );
    expect(await service.verb('waiting-news')).toMatchObject({
      waiting: [{ about: 'refund', id: 'dashboard-3', kind: 'succeeded', overdue: false }],
    });
    await service.pass(hour);
    expect(await service.verb('waiting-news')).toMatchObject({ waiting: [{ id: 'dashboard-3', overdue: true }] });
  });

  const start = (refundRequestId: string, value: string) =>
    service.say('RefundStarted', {
      ...{ orderId: 'O-1', paymentSessionId: 'ps_1', paymentId, refundRequestId },
      ...{ amount: ringgit(value), cause: 'requested' },
    });

  const answered = (refundRequestId: string, answer: 'processing' | 'refused') =>
    service.say('RefundAnswered', {
      ...{ orderId: 'O-1', paymentSessionId: 'ps_1', refundRequestId, answer },
      ...{ code: answer === 'refused' ? 'REFUND_WINDOW_EXCEED' : 'REFUND_IN_PROCESS', message: '' },
    });

  const about = (id: string) =>
    service
      .heard('O-1')
      .filter(({ data: { refundRequestId, reference, evidence } }) =>
        [refundRequestId, reference, (evidence as Record<string, string> | undefined)?.['refundRequestId']].includes(
          id,
        ),
      );

  const plans = (id: string) =>
    service.world.rows('select 1 from refunds where refund_request_id = $1 and due_at is not null', [id]);
});
