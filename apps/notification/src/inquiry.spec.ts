import { sessionRequests } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import { day, EarBesideAntom, hour, minute } from './fixtures/ear.specs.js';

describe('a payment of which Antom sends no news', () => {
  let ear: EarBesideAntom;
  beforeAll(async () => void (ear = await EarBesideAntom.start()));
  afterAll(() => ear.stop());

  it('is asked about after five minutes, not before, and its success is said once', async () => {
    await ear.openSession('O-1', 'ps_1');
    ear.antom.pay('ps_1');
    expect(await ear.plans('ps_1')).toMatchObject([{ due_at: ear.after(5 * minute) }]);
    await ear.pass(4 * minute);
    expect(ear.said('O-1')).toEqual([]);
    ear.time.advance(minute);
    await eventually(() => expect(ear.said('O-1')).toEqual(['PaymentSucceeded']));
    await ear.pass(2 * hour);
    expect(ear.said('O-1')).toEqual(['PaymentSucceeded']);
    expect(await ear.plans('ps_1')).toEqual([]);
  });

  it('is asked about at once when the buyer is back from the bank', async () => {
    await ear.openSession('O-2', 'ps_2');
    ear.antom.pay('ps_2');
    await ear.buyerReturns('O-2', 'ps_2');
    await eventually(() => expect(ear.said('O-2')).toEqual(['PaymentSucceeded']));
  });

  it('is asked about every few seconds while the buyer looks on, until he has paid', async () => {
    await ear.openSession('O-3', 'ps_3');
    await ear.buyerReturns('O-3', 'ps_3');
    await eventually(async () => expect(await ear.plans('ps_3')).toMatchObject([{ due_at: ear.after(4_000) }]));
    ear.antom.pay('ps_3');
    ear.time.advance(4_000);
    await eventually(() => expect(ear.said('O-3')).toEqual(['PaymentSucceeded']));
  });

  it('expires by an answer that comes after its end, and by nothing else', async () => {
    await ear.openSession('O-4', 'ps_4', { endsInMs: hour });
    for (let n = 0; n < 11; n++) await ear.pass(5 * minute);
    expect(ear.said('O-4')).toEqual([]);
    await ear.pass(10 * minute);
    await eventually(() => expect(ear.said('O-4')).toEqual(['PaymentExpired']));
    expect(await ear.plans('ps_4')).toEqual([]);
  });

  it('ends at the end that it was announced with, which is later than that of its session', async () => {
    await ear.openSession('O-41', 'ps_41', { endsInMs: 2 * hour });
    for (let n = 0; n < 23; n++) await ear.pass(5 * minute);
    expect(ear.said('O-41')).toEqual([]);
    await ear.pass(hour);
    await eventually(() => expect(ear.said('O-41')).toEqual(['PaymentExpired']));
  });

  it('is never called expired while Antom does not answer; after a week a person has to look, once', async () => {
    ear.antom.disturb({ fault: 'unavailable', match: 'ps_5', times: 10_000 });
    await ear.openSession('O-5', 'ps_5', { endsInMs: hour });
    await ear.pass(2 * hour);
    await ear.pass(6 * day);
    expect(ear.said('O-5')).toEqual([]);
    await ear.pass(2 * day);
    await eventually(() => expect(ear.kinds('O-5')).toEqual(['no-answer']));
    await ear.pass(8 * day);
    expect(ear.said('O-5')).toEqual(['PaymentNeedsAttention']);
    expect(await ear.statusOf('ps_5')).toBe('watched');
  });

  it('is told of as pending when Antom says that the buyer has begun to pay', async () => {
    await ear.openSession('O-6', 'ps_6');
    ear.antom.submit('ps_6');
    await ear.pass(5 * minute);
    await eventually(() => expect(ear.said('O-6')).toEqual(['PaymentPending']));
  });

  it('is asked again after a buyer came back while a question was under way', async () => {
    await ear.openSession('O-7', 'ps_7');
    ear.antom.disturb({ fault: 'delay', delayMs: 300, match: 'ps_7', call: 'inquiryPayment' });
    await ear.buyerReturns('O-7', 'ps_7');
    const leased = 'select 1 from payments where payment_request_id = $1 and leased_until > $2';
    await eventually(async () => expect(await ear.world.rows(leased, ['ps_7', ear.time.now()])).toHaveLength(1));
    await ear.buyerReturns('O-7', 'ps_7');
    await ear.world.bus.expectDrained('notification', [sessionRequests]);
    await eventually(() => expect(ear.asked('ps_7')).toBe(1));
    ear.time.advance(300);
    await eventually(async () => expect(await ear.plans('ps_7')).toMatchObject([{ due_at: ear.after(4_000) }]));
    await ear.pass(4_000);
    expect(ear.asked('ps_7')).toBe(2);
  });

  it('is asked about when an operator wants to know, also after its end', async () => {
    await ear.openSession('O-8', 'ps_8', { endsInMs: hour });
    await ear.pass(2 * hour);
    await eventually(() => expect(ear.said('O-8')).toEqual(['PaymentExpired']));
    ear.antom.disturb({ fault: 'unavailable', match: 'ps_8' });
    const answer = await ear.verb('inquire', { paymentSessionId: 'ps_8' });
    expect(answer).toMatchObject({ paymentSessionId: 'ps_8', orderId: 'O-8', believed: 'expired' });
    await ear.pass(4_000);
    await ear.pass(4_000);
    expect(ear.said('O-8')).toEqual(['PaymentExpired']);
    expect(await ear.plans('ps_8')).toEqual([]);
  });

  it('is unknown to an operator as long as it was not announced', async () => {
    await expect(ear.verb('inquire', { paymentSessionId: 'ps_nobody' })).rejects.toThrow('404 no_such_payment');
    expect(await ear.statusOf('ps_nobody')).toBeUndefined();
  });
});
