import { eventually, paymentNotification } from '@kasir/testing';
import { baht, NotificationBesideAntom, hour, minute } from './fixtures/notification.specs.js';

let service: NotificationBesideAntom;
beforeAll(async () => void (service = await NotificationBesideAntom.start()));
afterAll(() => service.stop());

describe('a payment that is given up', () => {
  it('is cancelled where the cancel was answered S, once, and asked about no more', async () => {
    await service.openSession('O-1', 'ps_1');
    await service.cancelAnswered('O-1', 'ps_1', 'cancelled');
    await service.cancelAnswered('O-1', 'ps_1', 'cancelled');
    await service.settled();
    expect(service.said('O-1')).toEqual(['PaymentCancelled']);
    expect(await service.plans('ps_1')).toEqual([]);
  });

  it('is cancelled by an inquiry that says so, where the answer to the cancel was lost', async () => {
    await service.openSession('O-2', 'ps_2');
    service.antom.submit('ps_2');
    await service.cancelAtAntom('ps_2');
    await service.cancelAnswered('O-2', 'ps_2', 'unanswered');
    await eventually(() => expect(service.said('O-2')).toEqual(['PaymentCancelled']));
  });

  it.each(['refused', 'unanswered', 'impossible'] as const)(
    'is asked about at once when the cancel is %s, and a success wins',
    async (answer) => {
      const [order, id] = [`O-3-${answer}`, `ps_3_${answer}`];
      await service.openSession(order, id);
      service.antom.pay(id);
      await service.cancelAnswered(order, id, answer);
      await eventually(() => expect(service.said(order)).toEqual(['PaymentSucceeded']));
      expect(await service.statusOf(id)).toBe('succeeded');
    },
  );

  it('stays cancelled when money comes after all: it is inquired once, and put before a person', async () => {
    service.antom.rule({ scenario: 'cancel_too_late', match: 'ps_4', afterMs: minute });
    await service.openSession('O-4', 'ps_4');
    service.antom.submit('ps_4');
    await service.cancelAtAntom('ps_4');
    await service.cancelAnswered('O-4', 'ps_4', 'cancelled');
    service.time.advance(minute);
    const { paymentId } = charge('ps_4');
    expect(await service.deliver(service.sign(paymentNotification('ps_4', paymentId)))).toBe(200);
    expect(await service.deliver(service.sign(paymentNotification('ps_4', paymentId)))).toBe(200);
    await eventually(() => expect(service.said('O-4')).toEqual(['PaymentCancelled', 'PaymentNeedsAttention']));
    expect(service.heard('O-4')[1]?.data).toMatchObject({
      ...{ kind: 'after-cancel', paymentId, expected: baht('160'), received: baht('160') },
      ...{ order: { description: 'Cappuccino' }, evidence: { inquiry: 'cancelled' } },
    });
    expect(await service.statusOf('ps_4')).toBe('cancelled');
    await service.pass(2 * hour);
    expect(await service.plans('ps_4')).toEqual([]);
    expect(service.said('O-4')).toHaveLength(2);
  });

  it('that was paid before it was cancelled stays paid, and a person is told of both', async () => {
    await service.openSession('O-5', 'ps_5');
    const { paymentId } = service.antom.pay('ps_5');
    await service.deliver(service.sign(paymentNotification('ps_5', paymentId)));
    await service.cancelAnswered('O-5', 'ps_5', 'cancelled');
    await eventually(() => expect(service.said('O-5')).toEqual(['PaymentSucceeded', 'PaymentNeedsAttention']));
    expect(service.heard('O-5')[1]?.data).toMatchObject({ kind: 'after-cancel', evidence: { inquiry: 'succeeded' } });
    expect(service.heard('O-5')[1]?.data).not.toHaveProperty('received');
    expect(await service.statusOf('ps_5')).toBe('succeeded');
  });

  it('has its money told of even where Antom answers no inquiry for a week', async () => {
    await service.openSession('O-6', 'ps_6');
    await service.cancelAnswered('O-6', 'ps_6', 'cancelled');
    service.antom.disturb({ fault: 'unavailable', times: 'always' });
    await service.deliver(service.sign(paymentNotification('ps_6', 'pay-6')));
    for (let days = 0; days < 9; days++) await service.pass(24 * hour);
    service.antom.reset();
    await eventually(() => expect(service.said('O-6')).toEqual(['PaymentCancelled', 'PaymentNeedsAttention']));
    expect(service.heard('O-6')[1]?.data).toMatchObject({ kind: 'after-cancel', evidence: { inquiry: 'unanswered' } });
  });

  const charge = (id: string) =>
    service.antom.ledger().find(({ kind, paymentRequestId }) => kind === 'charge' && paymentRequestId === id)!;
});

describe('a session that no buyer gets', () => {
  it('is not inquired about where Antom refused to open it', async () => {
    await service.reject('R-1', 'ps_r1', 'provider');
    expect(await service.plans('ps_r1')).toEqual([]);
    expect(await service.statusOf('ps_r1')).toBe('watched');
  });

  it('is believed to be paid all the same when Antom says so', async () => {
    await service.reject('R-2', 'ps_r2', 'provider');
    await service.deliver(service.sign(paymentNotification('ps_r2', 'pay-2')));
    await eventually(() => expect(service.said('R-2')).toEqual(['PaymentSucceeded']));
  });

  it('is believed to be paid also where Antom said so before payment-session told of the refusal', async () => {
    await service.deliver(service.sign(paymentNotification('ps_r3', 'pay-3')));
    await service.reject('R-3', 'ps_r3', 'provider');
    await eventually(() => expect(service.said('R-3')).toEqual(['PaymentSucceeded']));
    expect(await service.plans('ps_r3')).toEqual([]);
  });

  it('is inquired about as soon as Antom speaks of a try to pay it', async () => {
    await service.reject('R-4', 'ps_r4', 'provider');
    await service.deliver(service.sign(paymentNotification('ps_r4', 'pay-4', { type: 'PAYMENT_PENDING' })));
    await eventually(() => expect(service.said('R-4')).toEqual(['PaymentPending']));
    expect(await service.plans('ps_r4')).toHaveLength(1);
  });

  it('is inquired about until its end where it was abandoned: a buyer may have paid it', async () => {
    await service.reject('R-5', 'ps_r5', 'abandoned', { endsInMs: hour });
    expect(await service.plans('ps_r5')).toHaveLength(1);
    await service.pass(50 * minute);
    await service.pass(20 * minute);
    await eventually(() => expect(service.said('R-5')).toEqual(['PaymentExpired']));
  });

  it('is paid where it was abandoned, and its success came before that was known', async () => {
    await service.deliver(service.sign(paymentNotification('ps_r6', 'pay-6')));
    await service.reject('R-6', 'ps_r6', 'abandoned');
    await eventually(() => expect(service.said('R-6')).toEqual(['PaymentSucceeded']));
  });

  it('is not watched where Antom was never asked for it', async () => {
    await service.reject('R-7', 'ps_r7', 'policy');
    expect(await service.statusOf('ps_r7')).toBeUndefined();
  });
});
