import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, aSimulator, at, call, cappuccino, stopSimulators } from './fixtures/merchant.specs.js';
import { aReceiver, type Receiver, stopReceivers } from './fixtures/receiver.specs.js';
import { VirtualTime } from './index.js';

const id = 'PAY_20230803165257496';
let dataFolder: string;
let time: VirtualTime;
let webhook: Receiver;

beforeEach(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'antom-sim-'));
  time = new VirtualTime(new Date('2026-01-01T00:00:00Z'));
  webhook = await aReceiver();
});
afterEach(async () => {
  await stopSimulators();
  await stopReceivers();
  rmSync(dataFolder, { recursive: true });
});

/** Every fact is in the file before anything is done about it, so a second life needs nothing of the first one's end. */
const life = (more: object = {}) => aSimulator({ dataFolder, clock: time, timer: time, ...more });
const request = (paymentRequestId = id) => cappuccino({ paymentRequestId, paymentNotifyUrl: webhook.url });

describe('a simulator that was killed', () => {
  it('keeps its sessions and its ledger', async () => {
    const first = await life();
    const opened = await call(first, request());
    await call(first, request('open'));
    const charge = first.pay(id);
    await first.idle();
    const second = await life();
    expect(second.ledger()).toEqual([charge]);
    expect(second.sessions().map(({ status }) => status)).toEqual(['paid', 'open']);
    expect((await call(second, request())).text).toBe(opened.text);
    expect(second.pay(id)).toEqual(charge);
    second.pay('open');
    expect((await life()).ledger()).toHaveLength(2);
  });

  it('delivers at once what was not acknowledged, and nothing else', async () => {
    webhook.answer = { status: 503, body: '' };
    const first = await life();
    await call(first, request('heard'));
    await call(first, request());
    first.pay(id);
    await first.idle();
    webhook.answer = {
      status: 200,
      body: '{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"success"}}',
    };
    first.pay('heard');
    await first.idle();
    await first.stop();
    const second = await life();
    await second.idle();
    expect(
      webhook.received.map(({ body }) => (JSON.parse(body) as { paymentRequestId: string }).paymentRequestId),
    ).toEqual([id, 'heard', id]);
    expect(second.notifications().map(({ acknowledged }) => acknowledged)).toEqual([true, true]);
  });

  it('goes on counting its re-sends', async () => {
    webhook.answer = { status: 503, body: '' };
    const schedule = { resendScheduleMs: [1000] };
    const first = await life(schedule);
    await call(first, request());
    first.pay(id);
    await first.idle();
    const second = await life(schedule);
    await second.idle();
    const third = await life(schedule);
    await third.idle();
    expect(webhook.received).toHaveLength(2);
  });

  it('forgets a delivery that it did not live to finish', async () => {
    const first = await life();
    await call(first, request());
    webhook.silent = true;
    first.pay(id);
    await webhook.delivery(1);
    await first.stop();
    webhook.silent = false;
    const second = await life();
    await second.idle();
    expect(second.notifications()).toMatchObject([{ acknowledged: true, deliveries: 1 }]);
  });

  it('pays by itself what was to be paid by itself', async () => {
    const first = await life({ payAfterMs: 5000 });
    await call(first, request());
    await first.stop();
    time.advance(4000);
    const second = await life({ payAfterMs: 5000 });
    time.advance(1000);
    expect(second.ledger()).toMatchObject([{ paymentRequestId: id }]);
  });

  it('ends in time what was begun: tries, undecided payments and refunds', async () => {
    const first = await life();
    await call(first, request());
    await call(first, request('pending'));
    await call(first, at('FPX', 'MYR', '2500', { paymentRequestId: 'refunded', paymentNotifyUrl: webhook.url }));
    first.submit(id);
    first.rule({ scenario: 'pending_then_success', afterMs: 60_000 });
    await fetch(`${first.url}/_sim/sessions/pending/pay`, { method: 'POST' });
    const { paymentId } = first.pay('refunded');
    const refundAmount = { value: '2500', currency: 'MYR' };
    await ask(first, 'refund', { refundRequestId: 'R1', paymentId, refundAmount });
    await first.stop();
    const second = await life();
    await second.advance(14 * 60_000);
    expect(second.sessions().map(({ status }) => status)).toEqual(['timed out', 'paid', 'paid']);
    expect(second.refunds()).toMatchObject([{ refundRequestId: 'R1', status: 'refunded' }]);
    expect(second.ledger().map(({ kind }) => kind)).toEqual(['charge', 'refund', 'charge']);
    const third = await life();
    await third.advance(48 * 3_600_000);
    expect(third.ledger()).toEqual(second.ledger());
  });

  it('keeps what the buyer paid where it was not what was asked for', async () => {
    const first = await life();
    await call(first, request());
    const charge = first.underpay(id);
    await first.stop();
    const second = await life();
    expect(second.ledger()).toEqual([charge]);
    expect(await ask(second, 'inquiryPayment', { paymentRequestId: id })).toMatchObject({
      paymentAmount: { value: '159' },
    });
  });

  it('keeps what a rule did to a notification', async () => {
    const first = await life();
    await call(first, request());
    first.rule({ scenario: 'late_notify', afterMs: 60_000 });
    first.pay(id);
    await first.stop();
    const second = await life();
    await second.advance(59_999);
    expect(webhook.received).toHaveLength(0);
    await second.advance(1);
    expect(webhook.received).toHaveLength(1);
  });

  it('drops a line that the kill cut off, and writes on after the last whole one', async () => {
    const first = await life();
    await call(first, request());
    await first.stop();
    const file = join(dataFolder, 'facts.ndjson');
    const whole = readFileSync(file, 'utf8');
    appendFileSync(file, '{"fact":"payment decided","paymentRequestId":"PAY_2023');
    const second = await life();
    expect(readFileSync(file, 'utf8')).toBe(whole);
    second.pay(id);
    const third = await life();
    expect(third.ledger()).toHaveLength(1);
  });
});
