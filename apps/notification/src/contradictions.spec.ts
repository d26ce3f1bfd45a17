import { eventually, paymentNotification } from '@kasir/testing';
import { NotificationBesideAntom, hour } from './fixtures/notification.specs.js';

const amount = { value: '9000', currency: 'MYR' };

describe('an answer that contradicts a known success', () => {
  let service: NotificationBesideAntom;
  beforeAll(async () => void (service = await NotificationBesideAntom.start()));
  afterAll(() => service.stop());

  async function paid(orderId: string, id: string): Promise<string> {
    await service.openSession(orderId, id, { bankName: 'FPX', money: amount });
    const { paymentId } = service.antom.pay(id);
    await service.deliver(service.sign(paymentNotification(id, paymentId, amount)));
    await eventually(() => expect(service.said(orderId)).toEqual(['PaymentSucceeded']));
    return paymentId;
  }

  it('is asked again: where Antom still says that the payment is cancelled, its money was returned, once', async () => {
    const paymentId = await paid('O-1', 'ps_1');
    await service.cancelAtAntom('ps_1');
    for (let n = 0; n < 2; n++) {
      await service.verb('inquire', { paymentSessionId: 'ps_1' });
      await service.quiet();
      await service.pass(hour);
    }
    await service.cancelAnswered('O-1', 'ps_1', 'cancelled');
    await service.quiet();
    await service.settled();
    expect(service.said('O-1')).toEqual(['PaymentSucceeded', 'PaymentReturned']);
    expect(service.heard('O-1')[1]?.data).toMatchObject({
      ...{ cause: 'cancel', paymentId, returnId: `cancel-${paymentId}`, amount, evidence: { inquiry: 'cancelled' } },
      returnedAt: '2026-03-01T10:00:00.000Z',
    });
    expect(await service.statusOf('ps_1')).toBe('returned');
  });

  it('is asked again: where Antom still says that the payment failed, a person is told, once', async () => {
    await service.openSession('O-2', 'ps_2', { bankName: 'FPX', money: amount });
    const { paymentId } = service.antom.submit('ps_2');
    service.antom.refuse('ps_2');
    await service.deliver(service.sign(paymentNotification('ps_2', paymentId!, amount)));
    await eventually(() => expect(service.said('O-2')).toEqual(['PaymentSucceeded']));
    for (let n = 0; n < 2; n++) {
      await service.verb('inquire', { paymentSessionId: 'ps_2' });
      await service.quiet();
      await service.pass(hour);
    }
    await service.settled();
    expect(service.said('O-2')).toEqual(['PaymentSucceeded', 'PaymentNeedsAttention']);
    expect(service.heard('O-2')[1]?.data).toMatchObject({
      ...{ kind: 'contradiction', paymentId, evidence: { inquiry: 'failed' } },
    });
    expect(await service.statusOf('ps_2')).toBe('succeeded');
  });

  it('is nothing where Antom takes it back: an old failure of the same payment came late', async () => {
    const paymentId = await paid('O-3', 'ps_3');
    const failure = { ...amount, status: 'F', code: 'RISK_REJECT' };
    await service.deliver(service.sign(paymentNotification('ps_3', paymentId, failure)));
    await service.quiet();
    await service.settled();
    expect(service.said('O-3')).toEqual(['PaymentSucceeded']);
    expect(await service.plans('ps_3')).toEqual([]);
  });

  it('is asked about for a week where Antom does not answer, and then put before a person', async () => {
    const paymentId = await paid('O-4', 'ps_4');
    service.antom.disturb({ fault: 'unavailable', times: 'always' });
    await service.deliver(service.sign(paymentNotification('ps_4', paymentId, { ...amount, status: 'F' })));
    for (let days = 0; days < 9; days++) await service.pass(24 * hour);
    await eventually(() => expect(service.kinds('O-4')).toEqual(['contradiction']));
    expect(await service.plans('ps_4')).toEqual([]);
    service.antom.reset();
  });
});
