import { sessionRequests } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import { day, NotificationBesideAntom, hour, minute } from './fixtures/notification.specs.js';

describe('a payment of which Antom sends no news', () => {
  let service: NotificationBesideAntom;
  beforeAll(async () => void (service = await NotificationBesideAntom.start()));
  afterAll(() => service.stop());

  it('is asked about after five minutes, not before, and its success is said once', async () => {
    await service.openSession('O-1', 'ps_1');
    service.antom.pay('ps_1');
    expect(await service.plans('ps_1')).toMatchObject([{ due_at: service.after(5 * minute) }]);
    await service.pass(4 * minute);
    expect(service.said('O-1')).toEqual([]);
    service.time.advance(minute);
    await eventually(() => expect(service.said('O-1')).toEqual(['PaymentSucceeded']));
    await service.pass(2 * hour);
    expect(service.said('O-1')).toEqual(['PaymentSucceeded']);
    expect(await service.plans('ps_1')).toEqual([]);
  });

  it('is asked about at once when the buyer is back from the bank', async () => {
    await service.openSession('O-2', 'ps_2');
    service.antom.pay('ps_2');
    await service.buyerReturns('O-2', 'ps_2');
    await eventually(() => expect(service.said('O-2')).toEqual(['PaymentSucceeded']));
  });

  it('is asked about every few seconds while the buyer looks on, until he has paid', async () => {
    await service.openSession('O-3', 'ps_3');
    await service.buyerReturns('O-3', 'ps_3');
    await eventually(async () => expect(await service.plans('ps_3')).toMatchObject([{ due_at: service.after(4_000) }]));
    service.antom.pay('ps_3');
    service.time.advance(4_000);
    await eventually(() => expect(service.said('O-3')).toEqual(['PaymentSucceeded']));
  });

  it('expires by an answer that comes after its end, and by nothing else', async () => {
    await service.openSession('O-4', 'ps_4', { endsInMs: hour });
    for (let n = 0; n < 11; n++) await service.pass(5 * minute);
    expect(service.said('O-4')).toEqual([]);
    await service.pass(10 * minute);
    await eventually(() => expect(service.said('O-4')).toEqual(['PaymentExpired']));
    expect(await service.plans('ps_4')).toEqual([]);
  });

  it('ends at the end that it was announced with, which is later than that of its session', async () => {
    await service.openSession('O-41', 'ps_41', { endsInMs: 2 * hour });
    for (let n = 0; n < 23; n++) await service.pass(5 * minute);
    expect(service.said('O-41')).toEqual([]);
    await service.pass(hour);
    await eventually(() => expect(service.said('O-41')).toEqual(['PaymentExpired']));
  });

  it('is never called expired while Antom does not answer; after a week a person has to look, once', async () => {
    service.antom.disturb({ fault: 'unavailable', match: 'ps_5', times: 10_000 });
    await service.openSession('O-5', 'ps_5', { endsInMs: hour });
    await service.pass(2 * hour);
    await service.pass(6 * day);
    expect(service.said('O-5')).toEqual([]);
    await service.pass(2 * day);
    await eventually(() => expect(service.kinds('O-5')).toEqual(['no-answer']));
    await service.pass(8 * day);
    expect(service.said('O-5')).toEqual(['PaymentNeedsAttention']);
    expect(await service.statusOf('ps_5')).toBe('watched');
  });

  it('is told of as pending when Antom says that the buyer has begun to pay', async () => {
    await service.openSession('O-6', 'ps_6');
    service.antom.submit('ps_6');
    await service.pass(5 * minute);
    await eventually(() => expect(service.said('O-6')).toEqual(['PaymentPending']));
  });

  it('is asked again after a buyer came back while a question was under way', async () => {
    await service.openSession('O-7', 'ps_7');
    service.antom.disturb({ fault: 'delay', delayMs: 300, match: 'ps_7', call: 'inquiryPayment' });
    await service.buyerReturns('O-7', 'ps_7');
    const leased = 'select 1 from payments where payment_request_id = $1 and leased_until > $2';
    await eventually(async () =>
      expect(await service.world.rows(leased, ['ps_7', service.time.now()])).toHaveLength(1),
    );
    await service.buyerReturns('O-7', 'ps_7');
    await service.world.bus.expectDrained('notification', [sessionRequests]);
    await eventually(() => expect(service.asked('ps_7')).toBe(1));
    service.time.advance(300);
    await eventually(async () => expect(await service.plans('ps_7')).toMatchObject([{ due_at: service.after(4_000) }]));
    await service.pass(4_000);
    expect(service.asked('ps_7')).toBe(2);
  });

  it('is asked about when an operator wants to know, also after its end', async () => {
    await service.openSession('O-8', 'ps_8', { endsInMs: hour });
    await service.pass(2 * hour);
    await eventually(() => expect(service.said('O-8')).toEqual(['PaymentExpired']));
    service.antom.disturb({ fault: 'unavailable', match: 'ps_8' });
    const answer = await service.verb('inquire', { paymentSessionId: 'ps_8' });
    expect(answer).toMatchObject({ paymentSessionId: 'ps_8', orderId: 'O-8', believed: 'expired' });
    await service.pass(4_000);
    await service.pass(4_000);
    expect(service.said('O-8')).toEqual(['PaymentExpired']);
    expect(await service.plans('ps_8')).toEqual([]);
  });

  it('is unknown to an operator as long as it was not announced', async () => {
    await expect(service.verb('inquire', { paymentSessionId: 'ps_nobody' })).rejects.toThrow('404 no_such_payment');
    expect(await service.statusOf('ps_nobody')).toBeUndefined();
  });
});
