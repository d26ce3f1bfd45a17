import { eventually, paymentNotification } from '@kasir/testing';
import { baht, NotificationBesideAntom, hour, minute } from './fixtures/notification.specs.js';

let service: NotificationBesideAntom;
beforeAll(async () => void (service = await NotificationBesideAntom.start()));
afterAll(() => service.stop());
afterEach(() => service.antom.reset());

const succeed = (id: string, paymentId: string) => service.deliver(service.sign(paymentNotification(id, paymentId)));

describe('M6: a success of an attempt whose cancel was started', () => {
  it('is pending until an inquiry says that it stands, however often it is reported', async () => {
    await service.openSession('O-1', 'ps_1');
    const { paymentId } = service.antom.pay('ps_1');
    await service.cancelStarted('O-1', 'ps_1');
    service.antom.disturb({ fault: 'unavailable', times: 'always' });
    for (let n = 0; n < 2; n++) expect(await succeed('ps_1', paymentId)).toBe(200);
    await service.quiet();
    await service.settled();
    expect(service.said('O-1')).toEqual(['PaymentPending']);
    expect(service.heard('O-1')[0]?.data).toMatchObject({ paymentId, cause: 'inquiring-after-cancel' });
    service.antom.reset();
    await service.pass(5 * minute);
    await eventually(() => expect(service.said('O-1')).toEqual(['PaymentPending', 'PaymentSucceeded']));
    expect(await service.plans('ps_1')).toEqual([]);
  });

  it('is inquired about at once', async () => {
    await service.openSession('O-2', 'ps_2');
    const { paymentId } = service.antom.pay('ps_2');
    await service.cancelStarted('O-2', 'ps_2');
    await succeed('ps_2', paymentId);
    await eventually(() => expect(service.said('O-2')).toEqual(['PaymentPending', 'PaymentSucceeded']));
  });

  it('never pays where the inquiry says that it is cancelled: its money is for a person', async () => {
    service.antom.rule({ scenario: 'cancel_too_late', match: 'ps_3', afterMs: minute });
    await service.openSession('O-3', 'ps_3');
    service.antom.submit('ps_3');
    await service.cancelStarted('O-3', 'ps_3');
    await service.cancelAtAntom('ps_3');
    service.time.advance(minute);
    const { paymentId } = service.antom.ledger().find(({ paymentRequestId }) => paymentRequestId === 'ps_3')!;
    await succeed('ps_3', paymentId);
    const published = ['PaymentPending', 'PaymentCancelled', 'PaymentNeedsAttention'];
    await eventually(() => expect(service.said('O-3')).toEqual(published));
    expect(service.heard('O-3')[2]?.data).toMatchObject({
      ...{ kind: 'after-cancel', paymentId, received: baht('160'), evidence: { inquiry: 'cancelled' } },
    });
    await service.cancelAnswered('O-3', 'ps_3', 'cancelled');
    await succeed('ps_3', paymentId);
    await service.quiet();
    await service.settled();
    expect(service.said('O-3')).toEqual(published);
  });

  it('is inquired about as well where it came before the session, and the cancel before both', async () => {
    await succeed('ps_4', 'pay-4');
    await service.cancelStarted('O-4', 'ps_4');
    await service.announce('O-4', 'ps_4');
    await eventually(() => expect(service.said('O-4')).toEqual(['PaymentPending']));
    await service.pass(hour);
    expect(service.said('O-4')).not.toContain('PaymentSucceeded');
  });

  it('that came before the cancel was started is believed at once', async () => {
    await service.openSession('O-5', 'ps_5');
    const { paymentId } = service.antom.pay('ps_5');
    await succeed('ps_5', paymentId);
    await service.cancelStarted('O-5', 'ps_5');
    await succeed('ps_5', paymentId);
    await service.quiet();
    await service.settled();
    expect(service.said('O-5')).toEqual(['PaymentSucceeded']);
  });

  it('is put before a person where its inquiry is not answered for 15 minutes, once, and goes on being asked about', async () => {
    await service.openSession('O-6', 'ps_6');
    const { paymentId } = service.antom.pay('ps_6');
    await service.cancelStarted('O-6', 'ps_6');
    service.antom.disturb({ fault: 'unavailable', times: 'always' });
    await succeed('ps_6', paymentId);
    await service.quiet();
    for (let n = 0; n < 14; n++) await service.pass(minute);
    expect(service.kinds('O-6')).toEqual([]);
    await service.pass(minute);
    await eventually(() => expect(service.kinds('O-6')).toEqual(['waiting-for-inquiry']));
    expect(service.heard('O-6')[1]?.data).toMatchObject({ paymentId });
    for (let n = 0; n < 5; n++) await service.pass(hour);
    expect(service.kinds('O-6')).toEqual(['waiting-for-inquiry']);
    service.antom.reset();
    await service.pass(hour);
    await eventually(() => expect(service.said('O-6').at(-1)).toBe('PaymentSucceeded'));
  });
});
