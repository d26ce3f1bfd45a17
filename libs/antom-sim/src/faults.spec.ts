import { verifySignature } from '@kasir/antom/signatures';
import {
  antomKeys,
  aSimulator,
  call,
  cappuccino,
  clientId,
  createPath,
  stopSimulators,
} from './fixtures/merchant.specs.js';
import { type Fault, type Simulator, VirtualTime } from './index.js';

let antom: Simulator;
let time: VirtualTime;

beforeEach(async () => {
  time = new VirtualTime(new Date('2026-01-01T00:00:00Z'));
  antom = await aSimulator({ clock: time, timer: time });
});
afterEach(stopSimulators);

const order = async (fault: object) => {
  const response = await fetch(`${antom.url}/_sim/faults`, { method: 'POST', body: JSON.stringify(fault) });
  return { status: response.status, text: await response.text() };
};
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
    while (!antom.journal().some(({ kind }) => kind === 'request')) await new Promise(setImmediate);
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
  ])('is refused with a wrong %s', async (field, fault) => {
    const { status, text } = await order(fault);
    expect(status).toBe(400);
    expect(text).toContain(`${field} must be`);
    expect(() => antom.disturb(fault as Fault)).toThrow(field);
  });
});
