import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aSimulator, call, cappuccino, stopSimulators } from './fixtures/merchant.specs.js';
import { aReceiver, stopReceivers } from './fixtures/receiver.specs.js';
import { type Simulator } from './index.js';

const id = 'PAY_20230803165257496';
const hour = 3_600_000;

afterEach(async () => {
  await stopSimulators();
  await stopReceivers();
});

const post = async (antom: Simulator, path: string, body: object = {}) => {
  const response = await fetch(`${antom.url}/_sim/${path}`, { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const nowOf = async (antom: Simulator) =>
  Date.parse(((await (await fetch(`${antom.url}/_sim/clock`)).json()) as { now: string }).now);

describe('the clock of a simulator', () => {
  it('is the system’s until somebody moves it on by two days, through everything that falls due', async () => {
    const antom = await aSimulator();
    const webhook = await aReceiver();
    webhook.answer = { status: 500, body: '' };
    expect(Math.abs((await nowOf(antom)) - Date.now())).toBeLessThan(60_000);
    await call(antom, cappuccino({ paymentNotifyUrl: webhook.url }));
    await call(antom, cappuccino({ paymentRequestId: 'left', paymentNotifyUrl: webhook.url }));
    antom.submit('left', 'BANKTRANSFER_SIAMCOMMERCIALBANK');
    antom.pay(id);
    const { body } = await post(antom, 'clock/advance', { ms: 48 * hour });
    expect(Date.parse(String(body['now'])) - Date.now()).toBeGreaterThan(48 * hour - 60_000);
    const deliveries = webhook.received.filter(({ body: text }) => text.includes(id));
    expect(deliveries).toHaveLength(9);
    const sent = deliveries.map(({ headers }) => Date.parse(String(headers['request-time'])));
    const waits = sent.slice(1).map((at, n) => Math.round((at - sent[n]!) / 60_000));
    expect(waits).toEqual([0, 2, 10, 10, 60, 120, 360, 900]);
    expect(antom.sessions()).toMatchObject([{ status: 'paid' }, { status: 'timed out' }]);
  });

  it('goes on by itself afterwards', async () => {
    const antom = await aSimulator({ payAfterMs: 60_050 });
    await call(antom, cappuccino());
    await antom.advance(60_000);
    while (antom.ledger().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(antom.ledger()).toMatchObject([{ paymentRequestId: id }]);
  });

  it('is as far ahead after a restart as it was before', async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'antom-sim-'));
    const first = await aSimulator({ dataFolder });
    await post(first, 'clock/advance', { ms: 5 * hour });
    await first.stop();
    expect((await nowOf(await aSimulator({ dataFolder }))) - Date.now()).toBeGreaterThan(5 * hour - 60_000);
    rmSync(dataFolder, { recursive: true });
  });

  it('is not moved beyond the last year that a date can name, and goes on as before', async () => {
    const antom = await aSimulator();
    const { status, body } = await post(antom, 'clock/advance', { ms: Number.MAX_SAFE_INTEGER });
    expect([status, body]).toEqual([400, { error: expect.stringContaining('9999') }]);
    expect((await call(antom, cappuccino())).body.result).toMatchObject({ resultStatus: 'S' });
  });

  it('is not moved where it is somebody else’s', async () => {
    const antom = await aSimulator({ clock: { now: () => new Date() } });
    expect((await post(antom, 'clock/advance', { ms: 1 })).status).toBe(409);
    expect((await post(antom, 'clock/advance', { ms: -1 })).status).toBe(400);
  });
});

describe('notifications', () => {
  it('are held and released, by the payments they are about', async () => {
    const antom = await aSimulator();
    const webhook = await aReceiver();
    await call(antom, cappuccino({ paymentNotifyUrl: webhook.url }));
    await call(antom, cappuccino({ paymentRequestId: 'other', paymentNotifyUrl: webhook.url }));
    await fetch(`${antom.url}/_sim/notifications/hold`, { method: 'POST', body: '{"match":"PAY_*"}' });
    antom.pay(id);
    antom.pay('other');
    await antom.idle();
    expect(webhook.received).toHaveLength(1);
    expect((await post(antom, 'notifications/release')).body).toEqual({ released: 1 });
    await antom.idle();
    expect(webhook.received).toHaveLength(2);
  });

  it('are sent once more when somebody asks for it, acknowledged or not', async () => {
    const antom = await aSimulator();
    const webhook = await aReceiver();
    await call(antom, cappuccino({ paymentNotifyUrl: webhook.url }));
    antom.pay(id);
    await antom.idle();
    const [notification] = antom.notifications();
    const resend = (which: string) => fetch(`${antom.url}/_sim/notifications/${which}/resend`, { method: 'POST' });
    expect((await resend(notification!.id)).status).toBe(202);
    await webhook.delivery(2);
    await antom.idle();
    expect(antom.notifications()).toMatchObject([{ deliveries: 2, acknowledged: true }]);
    expect((await resend('404')).status).toBe(404);
  });
});
