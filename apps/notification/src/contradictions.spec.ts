import { eventually, paymentNotification } from '@kasir/testing';
import { EarBesideAntom, hour } from './fixtures/ear.specs.js';

const amount = { value: '9000', currency: 'MYR' };

describe('an answer that contradicts a known success', () => {
  let ear: EarBesideAntom;
  beforeAll(async () => void (ear = await EarBesideAntom.start()));
  afterAll(() => ear.stop());

  async function paid(orderId: string, id: string): Promise<string> {
    await ear.openSession(orderId, id, { bankName: 'FPX', money: amount });
    const { paymentId } = ear.antom.pay(id);
    await ear.deliver(ear.sign(paymentNotification(id, paymentId, amount)));
    await eventually(() => expect(ear.said(orderId)).toEqual(['PaymentSucceeded']));
    return paymentId;
  }

  it('is asked again: where Antom still says that the payment is cancelled, its money was returned, once', async () => {
    const paymentId = await paid('O-1', 'ps_1');
    await ear.cancelAtAntom('ps_1');
    for (let n = 0; n < 2; n++) {
      await ear.verb('inquire', { paymentSessionId: 'ps_1' });
      await ear.quiet();
      await ear.pass(hour);
    }
    await ear.cancelAnswered('O-1', 'ps_1', 'cancelled');
    await ear.quiet();
    await ear.settled();
    expect(ear.said('O-1')).toEqual(['PaymentSucceeded', 'PaymentReturned']);
    expect(ear.heard('O-1')[1]?.data).toMatchObject({
      ...{ cause: 'cancel', paymentId, returnId: `cancel-${paymentId}`, amount, evidence: { inquiry: 'cancelled' } },
      returnedAt: '2026-03-01T10:00:00.000Z',
    });
    expect(await ear.statusOf('ps_1')).toBe('returned');
  });

  it('is asked again: where Antom still says that the payment failed, a person is told, once', async () => {
    await ear.openSession('O-2', 'ps_2', { bankName: 'FPX', money: amount });
    const { paymentId } = ear.antom.submit('ps_2');
    ear.antom.refuse('ps_2');
    await ear.deliver(ear.sign(paymentNotification('ps_2', paymentId!, amount)));
    await eventually(() => expect(ear.said('O-2')).toEqual(['PaymentSucceeded']));
    for (let n = 0; n < 2; n++) {
      await ear.verb('inquire', { paymentSessionId: 'ps_2' });
      await ear.quiet();
      await ear.pass(hour);
    }
    await ear.settled();
    expect(ear.said('O-2')).toEqual(['PaymentSucceeded', 'PaymentNeedsAttention']);
    expect(ear.heard('O-2')[1]?.data).toMatchObject({
      ...{ kind: 'contradiction', paymentId, evidence: { inquiry: 'failed' } },
    });
    expect(await ear.statusOf('ps_2')).toBe('succeeded');
  });

  it('is nothing where Antom takes it back: an old failure of the same payment came late', async () => {
    const paymentId = await paid('O-3', 'ps_3');
    const failure = { ...amount, status: 'F', code: 'RISK_REJECT' };
    await ear.deliver(ear.sign(paymentNotification('ps_3', paymentId, failure)));
    await ear.quiet();
    await ear.settled();
    expect(ear.said('O-3')).toEqual(['PaymentSucceeded']);
    expect(await ear.plans('ps_3')).toEqual([]);
  });

  it('is asked about for a week where Antom does not answer, and then put before a person', async () => {
    const paymentId = await paid('O-4', 'ps_4');
    ear.antom.disturb({ fault: 'unavailable', times: 'always' });
    await ear.deliver(ear.sign(paymentNotification('ps_4', paymentId, { ...amount, status: 'F' })));
    for (let days = 0; days < 9; days++) await ear.pass(24 * hour);
    await eventually(() => expect(ear.kinds('O-4')).toEqual(['contradiction']));
    expect(await ear.plans('ps_4')).toEqual([]);
    ear.antom.reset();
  });
});
