import { eventually, paymentNotification } from '@kasir/testing';
import { baht, EarBesideAntom, hour, minute } from './fixtures/ear.specs.js';

let ear: EarBesideAntom;
beforeAll(async () => void (ear = await EarBesideAntom.start()));
afterAll(() => ear.stop());

describe('a payment that is given up', () => {
  it('is cancelled where the cancel was answered S, once, and asked about no more', async () => {
    await ear.openSession('O-1', 'ps_1');
    await ear.cancelAnswered('O-1', 'ps_1', 'cancelled');
    await ear.cancelAnswered('O-1', 'ps_1', 'cancelled');
    await ear.settled();
    expect(ear.said('O-1')).toEqual(['PaymentCancelled']);
    expect(await ear.plans('ps_1')).toEqual([]);
  });

  it('is cancelled by an inquiry that says so, where the answer to the cancel was lost', async () => {
    await ear.openSession('O-2', 'ps_2');
    ear.antom.submit('ps_2');
    await ear.cancelAtAntom('ps_2');
    await ear.cancelAnswered('O-2', 'ps_2', 'unanswered');
    await eventually(() => expect(ear.said('O-2')).toEqual(['PaymentCancelled']));
  });

  it.each(['refused', 'unanswered', 'impossible'] as const)(
    'is asked about at once when the cancel is %s, and a success wins',
    async (answer) => {
      const [order, id] = [`O-3-${answer}`, `ps_3_${answer}`];
      await ear.openSession(order, id);
      ear.antom.pay(id);
      await ear.cancelAnswered(order, id, answer);
      await eventually(() => expect(ear.said(order)).toEqual(['PaymentSucceeded']));
      expect(await ear.statusOf(id)).toBe('succeeded');
    },
  );

  it('stays cancelled when money comes after all: it is inquired once, and put before a person', async () => {
    ear.antom.rule({ scenario: 'cancel_too_late', match: 'ps_4', afterMs: minute });
    await ear.openSession('O-4', 'ps_4');
    ear.antom.submit('ps_4');
    await ear.cancelAtAntom('ps_4');
    await ear.cancelAnswered('O-4', 'ps_4', 'cancelled');
    ear.time.advance(minute);
    const { paymentId } = charge('ps_4');
    expect(await ear.deliver(ear.sign(paymentNotification('ps_4', paymentId)))).toBe(200);
    expect(await ear.deliver(ear.sign(paymentNotification('ps_4', paymentId)))).toBe(200);
    await eventually(() => expect(ear.said('O-4')).toEqual(['PaymentCancelled', 'PaymentNeedsAttention']));
    expect(ear.heard('O-4')[1]?.data).toMatchObject({
      ...{ kind: 'after-cancel', paymentId, expected: baht('160'), received: baht('160') },
      ...{ order: { description: 'Cappuccino' }, evidence: { inquiry: 'cancelled' } },
    });
    expect(await ear.statusOf('ps_4')).toBe('cancelled');
    await ear.pass(2 * hour);
    expect(await ear.plans('ps_4')).toEqual([]);
    expect(ear.said('O-4')).toHaveLength(2);
  });

  it('that was paid before it was cancelled stays paid, and a person is told of both', async () => {
    await ear.openSession('O-5', 'ps_5');
    const { paymentId } = ear.antom.pay('ps_5');
    await ear.deliver(ear.sign(paymentNotification('ps_5', paymentId)));
    await ear.cancelAnswered('O-5', 'ps_5', 'cancelled');
    await eventually(() => expect(ear.said('O-5')).toEqual(['PaymentSucceeded', 'PaymentNeedsAttention']));
    expect(ear.heard('O-5')[1]?.data).toMatchObject({ kind: 'after-cancel', evidence: { inquiry: 'succeeded' } });
    expect(ear.heard('O-5')[1]?.data).not.toHaveProperty('received');
    expect(await ear.statusOf('ps_5')).toBe('succeeded');
  });

  it('has its money told of even where Antom answers no inquiry for a week', async () => {
    await ear.openSession('O-6', 'ps_6');
    await ear.cancelAnswered('O-6', 'ps_6', 'cancelled');
    ear.antom.disturb({ fault: 'unavailable', times: 'always' });
    await ear.deliver(ear.sign(paymentNotification('ps_6', 'pay-6')));
    for (let days = 0; days < 9; days++) await ear.pass(24 * hour);
    ear.antom.reset();
    await eventually(() => expect(ear.said('O-6')).toEqual(['PaymentCancelled', 'PaymentNeedsAttention']));
    expect(ear.heard('O-6')[1]?.data).toMatchObject({ kind: 'after-cancel', evidence: { inquiry: 'unanswered' } });
  });

  const charge = (id: string) =>
    ear.antom.ledger().find(({ kind, paymentRequestId }) => kind === 'charge' && paymentRequestId === id)!;
});

describe('a session that no buyer gets', () => {
  it('is not inquired about where Antom refused to open it', async () => {
    await ear.reject('R-1', 'ps_r1', 'provider');
    expect(await ear.plans('ps_r1')).toEqual([]);
    expect(await ear.statusOf('ps_r1')).toBe('watched');
  });

  it('is believed to be paid all the same when Antom says so', async () => {
    await ear.reject('R-2', 'ps_r2', 'provider');
    await ear.deliver(ear.sign(paymentNotification('ps_r2', 'pay-2')));
    await eventually(() => expect(ear.said('R-2')).toEqual(['PaymentSucceeded']));
  });

  it('is believed to be paid also where Antom said so before payment-session told of the refusal', async () => {
    await ear.deliver(ear.sign(paymentNotification('ps_r3', 'pay-3')));
    await ear.reject('R-3', 'ps_r3', 'provider');
    await eventually(() => expect(ear.said('R-3')).toEqual(['PaymentSucceeded']));
    expect(await ear.plans('ps_r3')).toEqual([]);
  });

  it('is inquired about as soon as Antom speaks of a try to pay it', async () => {
    await ear.reject('R-4', 'ps_r4', 'provider');
    await ear.deliver(ear.sign(paymentNotification('ps_r4', 'pay-4', { type: 'PAYMENT_PENDING' })));
    await eventually(() => expect(ear.said('R-4')).toEqual(['PaymentPending']));
    expect(await ear.plans('ps_r4')).toHaveLength(1);
  });

  it('is inquired about until its end where it was abandoned: a buyer may have paid it', async () => {
    await ear.reject('R-5', 'ps_r5', 'abandoned', { endsInMs: hour });
    expect(await ear.plans('ps_r5')).toHaveLength(1);
    await ear.pass(50 * minute);
    await ear.pass(20 * minute);
    await eventually(() => expect(ear.said('R-5')).toEqual(['PaymentExpired']));
  });

  it('is paid where it was abandoned, and its success came before that was known', async () => {
    await ear.deliver(ear.sign(paymentNotification('ps_r6', 'pay-6')));
    await ear.reject('R-6', 'ps_r6', 'abandoned');
    await eventually(() => expect(ear.said('R-6')).toEqual(['PaymentSucceeded']));
  });

  it('is not watched where Antom was never asked for it', async () => {
    await ear.reject('R-7', 'ps_r7', 'policy');
    expect(await ear.statusOf('ps_r7')).toBeUndefined();
  });
});
