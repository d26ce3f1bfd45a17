import { eventually, paymentNotification } from '@kasir/testing';
import { baht, EarBesideAntom, hour, minute } from './fixtures/ear.specs.js';

let ear: EarBesideAntom;
beforeAll(async () => void (ear = await EarBesideAntom.start()));
afterAll(() => ear.stop());
afterEach(() => ear.antom.reset());

const succeed = (id: string, paymentId: string) => ear.deliver(ear.sign(paymentNotification(id, paymentId)));

describe('M6: a success of an attempt whose cancel was started', () => {
  it('is pending until an inquiry says that it stands, however often it is reported', async () => {
    await ear.openSession('O-1', 'ps_1');
    const { paymentId } = ear.antom.pay('ps_1');
    await ear.cancelStarted('O-1', 'ps_1');
    ear.antom.disturb({ fault: 'unavailable', times: 'always' });
    for (let n = 0; n < 2; n++) expect(await succeed('ps_1', paymentId)).toBe(200);
    await ear.quiet();
    await ear.settled();
    expect(ear.said('O-1')).toEqual(['PaymentPending']);
    expect(ear.heard('O-1')[0]?.data).toMatchObject({ paymentId, cause: 'inquiring-after-cancel' });
    ear.antom.reset();
    await ear.pass(5 * minute);
    await eventually(() => expect(ear.said('O-1')).toEqual(['PaymentPending', 'PaymentSucceeded']));
    expect(await ear.plans('ps_1')).toEqual([]);
  });

  it('is inquired about at once', async () => {
    await ear.openSession('O-2', 'ps_2');
    const { paymentId } = ear.antom.pay('ps_2');
    await ear.cancelStarted('O-2', 'ps_2');
    await succeed('ps_2', paymentId);
    await eventually(() => expect(ear.said('O-2')).toEqual(['PaymentPending', 'PaymentSucceeded']));
  });

  it('never pays where the inquiry says that it is cancelled: its money is for a person', async () => {
    ear.antom.rule({ scenario: 'cancel_too_late', match: 'ps_3', afterMs: minute });
    await ear.openSession('O-3', 'ps_3');
    ear.antom.submit('ps_3');
    await ear.cancelStarted('O-3', 'ps_3');
    await ear.cancelAtAntom('ps_3');
    ear.time.advance(minute);
    const { paymentId } = ear.antom.ledger().find(({ paymentRequestId }) => paymentRequestId === 'ps_3')!;
    await succeed('ps_3', paymentId);
    const published = ['PaymentPending', 'PaymentCancelled', 'PaymentNeedsAttention'];
    await eventually(() => expect(ear.said('O-3')).toEqual(published));
    expect(ear.heard('O-3')[2]?.data).toMatchObject({
      ...{ kind: 'after-cancel', paymentId, received: baht('160'), evidence: { inquiry: 'cancelled' } },
    });
    await ear.cancelAnswered('O-3', 'ps_3', 'cancelled');
    await succeed('ps_3', paymentId);
    await ear.quiet();
    await ear.settled();
    expect(ear.said('O-3')).toEqual(published);
  });

  it('is inquired about as well where it came before the session, and the cancel before both', async () => {
    await succeed('ps_4', 'pay-4');
    await ear.cancelStarted('O-4', 'ps_4');
    await ear.announce('O-4', 'ps_4');
    await eventually(() => expect(ear.said('O-4')).toEqual(['PaymentPending']));
    await ear.pass(hour);
    expect(ear.said('O-4')).not.toContain('PaymentSucceeded');
  });

  it('that came before the cancel was started is believed at once', async () => {
    await ear.openSession('O-5', 'ps_5');
    const { paymentId } = ear.antom.pay('ps_5');
    await succeed('ps_5', paymentId);
    await ear.cancelStarted('O-5', 'ps_5');
    await succeed('ps_5', paymentId);
    await ear.quiet();
    await ear.settled();
    expect(ear.said('O-5')).toEqual(['PaymentSucceeded']);
  });

  it('is put before a person where its inquiry is not answered for 15 minutes, once, and goes on being asked about', async () => {
    await ear.openSession('O-6', 'ps_6');
    const { paymentId } = ear.antom.pay('ps_6');
    await ear.cancelStarted('O-6', 'ps_6');
    ear.antom.disturb({ fault: 'unavailable', times: 'always' });
    await succeed('ps_6', paymentId);
    await ear.quiet();
    for (let n = 0; n < 14; n++) await ear.pass(minute);
    expect(ear.kinds('O-6')).toEqual([]);
    await ear.pass(minute);
    await eventually(() => expect(ear.kinds('O-6')).toEqual(['waiting-for-inquiry']));
    expect(ear.heard('O-6')[1]?.data).toMatchObject({ paymentId });
    for (let n = 0; n < 5; n++) await ear.pass(hour);
    expect(ear.kinds('O-6')).toEqual(['waiting-for-inquiry']);
    ear.antom.reset();
    await ear.pass(hour);
    await eventually(() => expect(ear.said('O-6').at(-1)).toBe('PaymentSucceeded'));
  });
});
