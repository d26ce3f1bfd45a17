import { verifySignature } from '@kasir/antom/signatures';
import {
  antomKeys,
  ask,
  aSimulator,
  at,
  call,
  cappuccino,
  clientId,
  createPath,
  send,
  stopSimulators,
} from './fixtures/merchant.specs.js';
import { aReceiver, type Received, stopReceivers } from './fixtures/receiver.specs.js';
import { type Fault, type Simulator, VirtualTime } from './index.js';
import { Chance } from './rules/chance.js';

let antom: Simulator;
let time: VirtualTime;

beforeEach(async () => {
  time = new VirtualTime(new Date('2026-01-01T00:00:00Z'));
  antom = await aSimulator({ clock: time, timer: time });
});
afterEach(async () => {
  await stopSimulators();
  await stopReceivers();
});

const order = async (fault: object) => {
  const response = await fetch(`${antom.url}/_sim/faults`, { method: 'POST', body: JSON.stringify(fault) });
  return { status: response.status, text: await response.text() };
};
/** How long each part of the body took; time goes on as it is waited for. */
async function dripping(response: Response): Promise<number[]> {
  const waits: number[] = [];
  let whole = false;
  void response.text().then(() => (whole = true));
  while (!whole) {
    const due = time.nextDue();
    if (due !== undefined) {
      waits.push(due.getTime() - time.now().getTime());
      time.advance(waits.at(-1)!);
    }
    await new Promise(setImmediate);
  }
  return waits;
}
const isSigned = ({ method, path, headers, body }: Received) =>
  verifySignature(
    { method, path, clientId, time: String(headers['request-time']), body },
    String(headers['signature']),
    [antomKeys.publicKey],
  ).kind === 'valid';
const statusOf = async () => (await call(antom, cappuccino())).body.result?.resultStatus;

describe('a fault', () => {
  it('makes Antom unavailable for the next calls, and then it is over', async () => {
    expect((await order({ fault: 'unavailable', times: 2 })).status).toBe(204);
    expect((await call(antom, cappuccino())).status).toBe(503);
    expect((await call(antom, cappuccino())).status).toBe(503);
    expect(antom.sessions()).toEqual([]);
    expect(await statusOf()).toBe('S');
  });

  it('leaves a call undecided, under a signature', async () => {
    antom.disturb({ fault: 'unknown' });
    const { headers, text, body } = await call(antom, cappuccino());
    expect(body.result).toMatchObject({ resultStatus: 'U', resultCode: 'UNKNOWN_EXCEPTION' });
    const message = { method: 'POST', path: createPath, clientId, time: headers.get('response-time')!, body: text };
    expect(verifySignature(message, headers.get('signature')!, [antomKeys.publicKey]).kind).toBe('valid');
    expect(await statusOf()).toBe('S');
  });

  it('may strike after the work is done, so that the repeat finds its session', async () => {
    antom.disturb({ fault: 'unknown', when: 'after', code: 'REQUEST_TRAFFIC_EXCEED_LIMIT' });
    expect((await call(antom, cappuccino())).body.result).toMatchObject({ resultCode: 'REQUEST_TRAFFIC_EXCEED_LIMIT' });
    const [opened] = antom.sessions();
    expect((await call(antom, cappuccino())).body['paymentSessionData']).toBe(opened?.sessionData);
    expect(antom.sessions()).toHaveLength(1);
  });

  it('refuses with the code it was given', async () => {
    antom.disturb({ fault: 'reject', code: 'ACCESS_DENIED' });
    const { headers, body } = await call(antom, cappuccino());
    expect(body.result).toMatchObject({ resultStatus: 'F', resultCode: 'ACCESS_DENIED' });
    expect(headers.has('signature')).toBe(true);
  });

  it('delays the right answer', async () => {
    antom.disturb({ fault: 'delay', delayMs: 5000 });
    const answer = call(antom, cappuccino());
    const answered = answer.then(() => 'answered');
    while (time.nextDue() === undefined) await new Promise(setImmediate);
    expect(await Promise.race([answered, Promise.resolve('waiting')])).toBe('waiting');
    time.advance(5000);
    expect((await answer).body.result?.resultStatus).toBe('S');
  });

  it('never answers, and stopping does not wait for it', async () => {
    antom.disturb({ fault: 'hang' });
    const answer = call(antom, cappuccino()).catch(() => 'cut off');
    while (!antom.journal().some(({ kind }) => kind === 'answer')) await new Promise(setImmediate);
    expect(antom.journal().at(-1)).toMatchObject({ kind: 'answer', http: 0, fault: 'hang' });
    await antom.stop();
    expect(await answer).toBe('cut off');
  });

  it('strikes only those calls that it is meant for, the oldest first', async () => {
    antom.disturb({ fault: 'reject', match: 'other-*' });
    antom.disturb({ fault: 'unknown', match: 'PAY_*496' });
    antom.disturb({ fault: 'unavailable' });
    expect(await statusOf()).toBe('U');
    expect((await call(antom, cappuccino())).status).toBe(503);
    expect(await statusOf()).toBe('S');
  });

  it.each([
    ['error', 500],
    ['rate limited', 429],
  ] as const)('answers with another status: %s', async (fault, status) => {
    antom.disturb({ fault });
    expect((await call(antom, cappuccino())).status).toBe(status);
  });

  it('breaks the connection', async () => {
    antom.disturb({ fault: 'reset', when: 'after' });
    await expect(call(antom, cappuccino())).rejects.toThrow('fetch failed');
    expect(antom.sessions()).toHaveLength(1);
  });

  it('spoils the signature of the right answer', async () => {
    antom.disturb({ fault: 'bad signature' });
    const { headers, text } = await call(antom, cappuccino());
    const message = { method: 'POST', path: createPath, clientId, time: headers.get('response-time')!, body: text };
    expect(verifySignature(message, headers.get('signature')!, [antomKeys.publicKey]).kind).toBe('invalid');
  });

  it('lets the body drip after headers that come at once', async () => {
    antom.disturb({ fault: 'slow body', delayMs: 5000 });
    const response = await send(antom, cappuccino());
    expect([response.status, response.headers.has('signature')]).toEqual([200, true]);
    const copy = response.clone();
    expect(await dripping(response)).toEqual([5000, 5000, 5000, 5000]);
    const text = await copy.text();
    expect(text).toBe((await call(antom, cappuccino())).text);
    const message = { method: 'POST', path: createPath, clientId, body: text };
    const signed = { ...message, time: response.headers.get('response-time')! };
    expect(verifySignature(signed, response.headers.get('signature')!, [antomKeys.publicKey]).kind).toBe('valid');
  });

  it('lets the body drip by chance, and in the same way for the same seed', async () => {
    const waits = async () => {
      antom.reset(7);
      antom.disturb({ fault: 'slow body', latency: { p50Ms: 2_000, p99Ms: 9_000 } });
      const response = await send(antom, cappuccino());
      return dripping(response);
    };
    const first = await waits();
    expect(first).toHaveLength(4);
    expect(new Set(first).size).toBeGreaterThan(1);
    expect(await waits()).toEqual(first);
  });

  it.each([
    [90, '2026-01-01T08:01:30+08:00'],
    [-86_400, '2025-12-31T08:00:00+08:00'],
  ])('puts the clock of an answer off by %i seconds, and signs it like that', async (skewSeconds, responseTime) => {
    antom.disturb({ fault: 'clock skew', skewSeconds, call: 'createPaymentSession' });
    const { headers, text, body } = await call(antom, cappuccino());
    expect(body.result?.resultStatus).toBe('S');
    expect(headers.get('response-time')).toBe(responseTime);
    const message = { method: 'POST', path: createPath, clientId, time: responseTime, body: text };
    expect(verifySignature(message, headers.get('signature')!, [antomKeys.publicKey]).kind).toBe('valid');
    const { headers: again } = await call(antom, cappuccino());
    expect(again.get('response-time')).toBe('2026-01-01T08:00:00+08:00');
  });

  it('puts the clock of a notification off, and signs it like that', async () => {
    const webhook = await aReceiver();
    antom.disturb({ fault: 'clock skew', skewSeconds: -3600, call: 'notifyPayment', match: 'skewed' });
    for (const paymentRequestId of ['right', 'skewed', 'next']) {
      await call(antom, cappuccino({ paymentRequestId, paymentNotifyUrl: webhook.url }));
      antom.pay(paymentRequestId);
      await antom.idle();
    }
    expect(webhook.received.map(({ headers }) => headers['request-time'])).toEqual([
      '2026-01-01T08:00:00+08:00',
      '2026-01-01T07:00:00+08:00',
      '2026-01-01T08:00:00+08:00',
    ]);
    expect(webhook.received.map(isSigned)).toEqual([true, true, true]);
  });

  it('spoils no notification in another way', async () => {
    const webhook = await aReceiver();
    await call(antom, cappuccino({ paymentNotifyUrl: webhook.url }));
    antom.disturb({ fault: 'unavailable' });
    antom.pay('PAY_20230803165257496');
    await antom.idle();
    expect(isSigned(await webhook.delivery(1))).toBe(true);
    expect((await call(antom, cappuccino())).status).toBe(503);
  });

  it('tells a refund under a clock that is off', async () => {
    const webhook = await aReceiver();
    await call(antom, at('BPI', 'PHP', '2500'));
    const { paymentId } = antom.pay('PAY_20230803165257496');
    antom.disturb({ fault: 'clock skew', skewSeconds: 7200, call: 'notifyRefund' });
    const refundAmount = { value: '100', currency: 'PHP' };
    await ask(antom, 'refund', { refundRequestId: 'R1', paymentId, refundAmount, refundNotifyUrl: webhook.url });
    const told = await webhook.delivery(1);
    expect(told.headers['request-time']).toBe('2026-01-01T10:00:00+08:00');
    expect(isSigned(told)).toBe(true);
  });

  it('strikes one call and not another', async () => {
    antom.disturb({ fault: 'reject', call: 'inquiryPayment', times: 'always' });
    expect(await statusOf()).toBe('S');
    expect((await ask(antom, 'inquiryPayment', { paymentRequestId: 'x' })).result?.resultCode).toBe('PROCESS_FAIL');
  });

  it('strikes by chance, and the same calls for the same seed', async () => {
    const struck = async () => {
      antom.reset(7);
      antom.disturb({ fault: 'error', probability: 0.5, times: 'always' });
      const statuses: number[] = [];
      for (let n = 0; n < 20; n += 1) statuses.push((await call(antom, cappuccino())).status);
      return statuses.join(' ');
    };
    const first = await struck();
    expect(await struck()).toBe(first);
    expect(first).toContain('200');
    expect(first).toContain('500');
  });

  it('spreads delays as real servers do', () => {
    const chance = new Chance(3);
    const waits = Array.from({ length: 2_000 }, () => chance.latency({ p50Ms: 100, p99Ms: 800 })).sort((a, b) => a - b);
    expect(waits[1_000]! / 100).toBeCloseTo(1, 0);
    expect(waits[1_980]!).toBeGreaterThan(550);
    expect(waits[1_980]!).toBeLessThan(1_200);
  });

  it('can be called off', async () => {
    antom.disturb({ fault: 'reject', times: 100 });
    await fetch(`${antom.url}/_sim/faults`, { method: 'DELETE' });
    expect(await statusOf()).toBe('S');
  });

  it.each<[string, object]>([
    ['fault', { fault: 'explode' }],
    ['fault', {}],
    ['times', { fault: 'hang', times: 0 }],
    ['when', { fault: 'hang', when: 'later' }],
    ['delayMs', { fault: 'delay', delayMs: -1 }],
    ['match', { fault: 'hang', match: 7 }],
    ['call', { fault: 'hang', call: 7 }],
    ['probability', { fault: 'hang', probability: 2 }],
    ['latency', { fault: 'delay', latency: { p50Ms: 5, p99Ms: 1 } }],
    ['latency', { fault: 'delay', latency: null }],
    ['delayMs', { fault: 'delay', delayMs: 1e15 }],
    ['call', { fault: 'error', call: 'pay' }],
    ['probability', { fault: 'error', probability: '0.1' }],
    ['code', { fault: 'reject', code: 5 }],
    ['skewSeconds', { fault: 'clock skew', skewSeconds: -1e15 }],
    ['skewSeconds', { fault: 'clock skew' }],
    ['skewSeconds', { fault: 'clock skew', skewSeconds: 0 }],
    ['skewSeconds', { fault: 'clock skew', skewSeconds: 1.5 }],
    ['skewSeconds', { fault: 'delay', skewSeconds: 60 }],
  ])('is refused with a wrong %s', async (field, fault) => {
    const { status, text } = await order(fault);
    expect(status).toBe(400);
    expect(text).toContain(`${field} must be`);
    expect(() => antom.disturb(fault as Fault)).toThrow(field);
  });

  it('is refused where it says something that no fault knows', async () => {
    const { status, text } = await order({ fault: 'delay', delay: 100 });
    expect([status, text]).toEqual([400, expect.stringContaining('delay')]);
    expect(() => antom.disturb({ fault: 'delay', delay: 100 } as Fault)).toThrow('"delay"');
  });
});
