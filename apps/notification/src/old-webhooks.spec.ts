import { eventually, paymentNotification } from '@kasir/testing';
import { NotificationBesideAntom, hour, minute } from './fixtures/notification.specs.js';

const ageMs = 20 * minute;

describe('a webhook that Antom signed long before it came', () => {
  let service: NotificationBesideAntom;
  beforeAll(async () => void (service = await NotificationBesideAntom.start()));
  afterAll(() => service.stop());

  it('is acknowledged, and what it says is believed only when Antom says it again', async () => {
    await service.openSession('O-1', 'ps_1');
    const { paymentId } = service.antom.pay('ps_1');
    service.antom.disturb({ fault: 'unavailable', match: 'ps_1', times: 2 });
    expect(await service.deliver(service.sign(paymentNotification('ps_1', paymentId), { ageMs }))).toBe(200);
    await service.quiet();
    expect(await service.statusOf('ps_1')).toBe('watched');
    await service.pass(5 * minute);
    await service.pass(hour);
    await eventually(() => expect(service.said('O-1')).toEqual(['PaymentSucceeded']));
  });

  it('moves nothing when Antom knows of no such money', async () => {
    await service.openSession('O-2', 'ps_2');
    await service.deliver(service.sign(paymentNotification('ps_2', 'pay-2'), { ageMs }));
    await service.quiet();
    await service.settled();
    expect(service.said('O-2')).toEqual([]);
    expect(await open('ps_2')).toEqual([]);
  });

  it('brings money to light that came after the end of an attempt, when Antom says it again', async () => {
    await service.openSession('O-3', 'ps_3', { endsInMs: hour });
    const { paymentId } = service.antom.pay('ps_3');
    service.antom.rule({ scenario: 'inquiry_not_found_then_found', match: 'ps_3', times: 'always' });
    for (let n = 0; n < 8; n++) await service.pass(10 * minute);
    await eventually(() => expect(service.said('O-3')).toEqual(['PaymentExpired']));
    service.antom.reset();
    await service.deliver(service.sign(paymentNotification('ps_3', paymentId), { ageMs }));
    await eventually(() => expect(service.said('O-3')).toEqual(['PaymentExpired', 'PaymentSucceeded']));
    expect(await service.plans('ps_3')).toEqual([]);
  });

  it('is inquired by its own paymentId, and put before a person where Antom speaks of another payment for a week', async () => {
    service.antom.rule({ scenario: 'charged_twice', match: 'ps_4' });
    await service.openSession('O-4', 'ps_4');
    service.antom.pay('ps_4');
    const [first, second] = service.antom.ledger().filter(({ paymentRequestId }) => paymentRequestId === 'ps_4');
    await service.deliver(service.sign(paymentNotification('ps_4', first!.paymentId)));
    await service.deliver(service.sign(paymentNotification('ps_4', second!.paymentId), { ageMs }));
    await service.quiet();
    expect(await open('ps_4')).toMatchObject([{ paymentId: second!.paymentId }]);
    for (let days = 0; days < 8; days++) await service.pass(24 * hour);
    await eventually(() => expect(service.said('O-4')).toEqual(['PaymentSucceeded', 'PaymentNeedsAttention']));
    expect(service.heard('O-4')[1]?.data).toMatchObject({ kind: 'no-answer', paymentId: second!.paymentId });
    expect(await open('ps_4')).toEqual([]);
  });

  it('is put before a person, each payment by itself, where nobody answers for a week', async () => {
    await service.openSession('O-8', 'ps_8');
    await service.deliver(service.sign(paymentNotification('ps_8', service.antom.pay('ps_8').paymentId)));
    const unanswered = ['pay-8a', 'pay-8b'];
    service.antom.disturb({ fault: 'unavailable', times: 'always' });
    for (const paymentId of unanswered)
      await service.deliver(service.sign(paymentNotification('ps_8', paymentId), { ageMs }));
    for (let days = 0; days < 8; days++) await service.pass(24 * hour);
    await eventually(() =>
      expect(service.said('O-8').slice(1)).toEqual(['PaymentNeedsAttention', 'PaymentNeedsAttention']),
    );
    const told = service.heard('O-8').slice(1);
    expect(told.map(({ data }) => data['paymentId']).sort()).toEqual(unanswered);
    service.antom.reset();
  });

  it('repeats what was reported before, and Antom is not asked', async () => {
    await service.openSession('O-5', 'ps_5');
    const { paymentId } = service.antom.pay('ps_5');
    await service.deliver(service.sign(paymentNotification('ps_5', paymentId)));
    await service.deliver(service.sign(paymentNotification('ps_5', paymentId), { ageMs: 24 * hour }));
    await service.settled();
    expect(service.said('O-5')).toEqual(['PaymentSucceeded']);
    expect(await service.plans('ps_5')).toEqual([]);
  });

  it('that is about an attempt not announced yet waits, and is inquired when the attempt appears', async () => {
    await service.deliver(service.sign(paymentNotification('ps_6', 'pay-6'), { ageMs }));
    await service.openSession('O-6', 'ps_6');
    await service.quiet();
    await service.settled();
    expect(service.said('O-6')).toEqual([]);
  });

  it('from the future, or without a readable time, is inquired first as well', async () => {
    await service.openSession('O-7', 'ps_7');
    await service.deliver(service.sign(paymentNotification('ps_7', 'pay-7'), { ageMs: -hour }));
    await service.deliver(
      service.voice.sign('/webhooks/antom/payments', paymentNotification('ps_7', 'pay-7b'), 'yesterday'),
    );
    await service.quiet();
    await service.settled();
    expect(service.said('O-7')).toEqual([]);
    expect(await service.world.rows(`select 1 from webhooks where about like 'old succeeded ps_7'`)).toHaveLength(2);
  });

  const open = async (id: string) => {
    const sql = 'select pending_inquiries as pending from payments where payment_request_id = $1';
    return (await service.world.rows<{ pending: object[] }>(sql, [id]))[0]?.pending;
  };
});
