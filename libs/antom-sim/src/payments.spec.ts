import { aSimulator, call, cappuccino, stopSimulators } from './fixtures/merchant.specs.js';
import { aReceiver, stopReceivers } from './fixtures/receiver.specs.js';
import { type Simulator, VirtualTime } from './index.js';

const start = new Date('2026-01-01T00:00:00Z');
const id = 'PAY_20230803165257496';
const charge = {
  kind: 'charge',
  paymentRequestId: id,
  paymentId: expect.stringMatching(/^20260101000000\d{15}$/),
  referenceOrderId: 'ORDER_20230803165257496',
  amount: { value: '160', currency: 'THB' },
  at: '2026-01-01T00:00:00.000Z',
};
let time: VirtualTime;
let antom: Simulator;

beforeEach(async () => {
  time = new VirtualTime(start);
  antom = await aSimulator({ clock: time, timer: time });
});
afterEach(async () => {
  await stopSimulators();
  await stopReceivers();
});

const control = async (path: string, init: RequestInit = { method: 'POST' }) => {
  const response = await fetch(`${antom.url}/_sim/${path}`, init);
  return { status: response.status, body: (await response.json()) as unknown };
};

describe('a shopper', () => {
  it('is charged once, however often somebody pays the session', async () => {
    await call(antom, cappuccino());
    const first = antom.pay(id);
    expect(first).toEqual(charge);
    expect(antom.pay(id)).toEqual(first);
    expect(await control(`sessions/${id}/pay`)).toEqual({ status: 200, body: first });
    expect(antom.ledger()).toEqual([first]);
    expect(antom.notifications()).toHaveLength(1);
  });

  it('may be refused and pay after all, as one payment', async () => {
    await call(antom, cappuccino());
    expect((await control(`sessions/${id}/refuse`, { method: 'POST', body: '{"code":"RISK_REJECT"}' })).status).toBe(
      200,
    );
    expect(antom.ledger()).toEqual([]);
    const refused = antom.sessions()[0]!;
    expect(refused.status).toBe('refused');
    expect(antom.pay(id).paymentId).toBe(refused.paymentId);
    expect(antom.notifications().map(({ outcome }) => outcome)).toEqual(['refused', 'paid']);
  });

  it('cannot be refused what is paid, nor pay what is over or never was', async () => {
    await call(antom, cappuccino());
    antom.pay(id);
    expect(await control(`sessions/${id}/refuse`)).toMatchObject({ status: 409 });
    expect(await control('sessions/PAY_0/pay')).toEqual({ status: 404, body: { error: 'there is no session PAY_0' } });
    await call(antom, cappuccino({ paymentRequestId: 'late' }));
    time.advance(3_600_000);
    expect(await control('sessions/late/pay')).toMatchObject({ status: 409 });
    expect(await control('sessions/late/refuse')).toMatchObject({ status: 409 });
    expect(antom.pay(id)).toEqual(charge);
  });

  it('waits for somebody to pay unless the simulator is told otherwise', async () => {
    await call(antom, cappuccino());
    time.advance(59 * 60_000);
    expect(antom.ledger()).toEqual([]);
  });

  it('pays by itself after the time it was given', async () => {
    const webhook = await aReceiver();
    antom = await aSimulator({ clock: time, timer: time, payAfterMs: 300 });
    await call(antom, cappuccino({ paymentNotifyUrl: webhook.url }));
    time.advance(299);
    expect(antom.ledger()).toEqual([]);
    time.advance(1);
    expect(antom.ledger()).toMatchObject([{ paymentRequestId: id, at: '2026-01-01T00:00:00.300Z' }]);
    await webhook.delivery(1);
  });

  it('does not pay by itself what was refused, or what is over', async () => {
    antom = await aSimulator({ clock: time, timer: time, payAfterMs: 3_600_000 });
    await call(antom, cappuccino());
    await call(antom, cappuccino({ paymentRequestId: 'refused' }));
    antom.refuse('refused');
    time.advance(3_600_000);
    expect(antom.ledger()).toEqual([]);
  });
});

describe('an order', () => {
  it('may have several attempts, each with its own payment, and nothing keeps them from being paid twice', async () => {
    await call(antom, cappuccino());
    await call(antom, cappuccino({ paymentRequestId: 'second' }));
    antom.refuse(id);
    const second = antom.pay('second');
    const first = antom.pay(id);
    expect(second.referenceOrderId).toBe(first.referenceOrderId);
    expect(second.paymentId).not.toBe(first.paymentId);
    expect(antom.ledger()).toEqual([second, first]);
  });
});

describe('the control door', () => {
  it('shows ledger, sessions and notifications, but not what a session can be paid with', async () => {
    const opened = await call(antom, cappuccino());
    antom.pay(id);
    await antom.idle();
    const seen = await Promise.all(['ledger', 'sessions', 'notifications', 'health'].map((page) => control(page, {})));
    expect(seen.map(({ body }) => body)).toMatchObject([
      [charge],
      [{ paymentRequestId: id, status: 'paid', bank: { bankName: 'Siam Commerical Bank' } }],
      [{ paymentRequestId: id, outcome: 'paid', deliveries: 1, acknowledged: false }],
      { status: 'up' },
    ]);
    const journal = await (await fetch(`${antom.url}/_sim/journal`)).text();
    expect(JSON.stringify(seen) + journal).not.toContain(String(opened.body['paymentSessionData']));
  });

  it.each(['[]', '{', '"pay"'])('refuses the order %s', async (body) => {
    expect(await control('faults', { method: 'POST', body })).toEqual({
      status: 400,
      body: { error: 'the body must be a JSON object' },
    });
  });
});

describe('a payment with an expiry of its own', () => {
  const minute = 60_000;
  const until = (paymentExpiryTime: string, changes: object = {}) =>
    call(antom, cappuccino({ paymentExpiryTime, ...changes }));
  const statuses = () => antom.sessions().map(({ status }) => status);

  it('fails at it, where its method would still wait', async () => {
    await until('2026-01-01T00:05:00Z');
    antom.submit(id);
    time.advance(5 * minute - 1);
    expect(statuses()).toEqual(['submitted']);
    time.advance(1);
    expect(statuses()).toEqual(['timed out']);
  });

  it('fails at the time-out of its method, where that is sooner', async () => {
    await until('2026-01-01T00:40:00Z');
    antom.submit(id);
    time.advance(14 * minute);
    expect(statuses()).toEqual(['timed out']);
  });

  it('cannot be begun after it, though the session lives', async () => {
    await until('2026-01-01T00:05:00Z');
    time.advance(5 * minute);
    expect(() => antom.submit(id)).toThrow('expired at 2026-01-01T00:05:00.000Z');
  });
});
