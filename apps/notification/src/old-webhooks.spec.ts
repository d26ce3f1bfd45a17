import { eventually, paymentNotification } from '@kasir/testing';
import { EarBesideAntom, hour, minute } from './fixtures/ear.specs.js';

const ageMs = 20 * minute;

describe('a webhook that Antom signed long before it came', () => {
  let ear: EarBesideAntom;
  beforeAll(async () => void (ear = await EarBesideAntom.start()));
  afterAll(() => ear.stop());

  it('is acknowledged, and what it says is believed only when Antom says it again', async () => {
    await ear.openSession('O-1', 'ps_1');
    const { paymentId } = ear.antom.pay('ps_1');
    ear.antom.disturb({ fault: 'unavailable', match: 'ps_1', times: 2 });
    expect(await ear.deliver(ear.sign(paymentNotification('ps_1', paymentId), { ageMs }))).toBe(200);
    await ear.quiet();
    expect(await ear.statusOf('ps_1')).toBe('watched');
    await ear.pass(5 * minute);
    await ear.pass(hour);
    await eventually(() => expect(ear.said('O-1')).toEqual(['PaymentSucceeded']));
  });

  it('moves nothing when Antom knows of no such money', async () => {
    await ear.openSession('O-2', 'ps_2');
    await ear.deliver(ear.sign(paymentNotification('ps_2', 'pay-2'), { ageMs }));
    await ear.quiet();
    await ear.settled();
    expect(ear.said('O-2')).toEqual([]);
    expect(await open('ps_2')).toEqual([]);
  });

  it('brings money to light that came after the end of an attempt, when Antom says it again', async () => {
    await ear.openSession('O-3', 'ps_3', { endsInMs: hour });
    const { paymentId } = ear.antom.pay('ps_3');
    ear.antom.rule({ scenario: 'inquiry_not_found_then_found', match: 'ps_3', times: 'always' });
    for (let n = 0; n < 8; n++) await ear.pass(10 * minute);
    await eventually(() => expect(ear.said('O-3')).toEqual(['PaymentExpired']));
    ear.antom.reset();
    await ear.deliver(ear.sign(paymentNotification('ps_3', paymentId), { ageMs }));
    await eventually(() => expect(ear.said('O-3')).toEqual(['PaymentExpired', 'PaymentSucceeded']));
    expect(await ear.plans('ps_3')).toEqual([]);
  });

  it('is inquired by its own paymentId, and put before a person where Antom speaks of another payment for a week', async () => {
    ear.antom.rule({ scenario: 'charged_twice', match: 'ps_4' });
    await ear.openSession('O-4', 'ps_4');
    ear.antom.pay('ps_4');
    const [first, second] = ear.antom.ledger().filter(({ paymentRequestId }) => paymentRequestId === 'ps_4');
    await ear.deliver(ear.sign(paymentNotification('ps_4', first!.paymentId)));
    await ear.deliver(ear.sign(paymentNotification('ps_4', second!.paymentId), { ageMs }));
    await ear.quiet();
    expect(await open('ps_4')).toMatchObject([{ paymentId: second!.paymentId }]);
    for (let days = 0; days < 8; days++) await ear.pass(24 * hour);
    await eventually(() => expect(ear.said('O-4')).toEqual(['PaymentSucceeded', 'PaymentNeedsAttention']));
    expect(ear.heard('O-4')[1]?.data).toMatchObject({ kind: 'no-answer', paymentId: second!.paymentId });
    expect(await open('ps_4')).toEqual([]);
  });

  it('is put before a person, each payment by itself, where nobody answers for a week', async () => {
    await ear.openSession('O-8', 'ps_8');
    await ear.deliver(ear.sign(paymentNotification('ps_8', ear.antom.pay('ps_8').paymentId)));
    const unanswered = ['pay-8a', 'pay-8b'];
    ear.antom.disturb({ fault: 'unavailable', times: 'always' });
    for (const paymentId of unanswered) await ear.deliver(ear.sign(paymentNotification('ps_8', paymentId), { ageMs }));
    for (let days = 0; days < 8; days++) await ear.pass(24 * hour);
    await eventually(() =>
      expect(ear.said('O-8').slice(1)).toEqual(['PaymentNeedsAttention', 'PaymentNeedsAttention']),
    );
    const told = ear.heard('O-8').slice(1);
    expect(told.map(({ data }) => data['paymentId']).sort()).toEqual(unanswered);
    ear.antom.reset();
  });

  it('repeats what was reported before, and Antom is not asked', async () => {
    await ear.openSession('O-5', 'ps_5');
    const { paymentId } = ear.antom.pay('ps_5');
    await ear.deliver(ear.sign(paymentNotification('ps_5', paymentId)));
    await ear.deliver(ear.sign(paymentNotification('ps_5', paymentId), { ageMs: 24 * hour }));
    await ear.settled();
    expect(ear.said('O-5')).toEqual(['PaymentSucceeded']);
    expect(await ear.plans('ps_5')).toEqual([]);
  });

  it('that is about an attempt not announced yet waits, and is inquired when the attempt appears', async () => {
    await ear.deliver(ear.sign(paymentNotification('ps_6', 'pay-6'), { ageMs }));
    await ear.openSession('O-6', 'ps_6');
    await ear.quiet();
    await ear.settled();
    expect(ear.said('O-6')).toEqual([]);
  });

  it('from the future, or without a readable time, is inquired first as well', async () => {
    await ear.openSession('O-7', 'ps_7');
    await ear.deliver(ear.sign(paymentNotification('ps_7', 'pay-7'), { ageMs: -hour }));
    await ear.deliver(ear.voice.sign('/webhooks/antom/payments', paymentNotification('ps_7', 'pay-7b'), 'yesterday'));
    await ear.quiet();
    await ear.settled();
    expect(ear.said('O-7')).toEqual([]);
    expect(await ear.world.rows(`select 1 from webhooks where about like 'old succeeded ps_7'`)).toHaveLength(2);
  });

  const open = async (id: string) => {
    const sql = 'select pending_inquiries as pending from payments where payment_request_id = $1';
    return (await ear.world.rows<{ pending: object[] }>(sql, [id]))[0]?.pending;
  };
});
