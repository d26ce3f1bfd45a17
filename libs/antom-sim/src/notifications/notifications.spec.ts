import { verifySignature } from '@kasir/antom/signatures';
import { antomKeys, aSimulator, call, cappuccino, clientId, stopSimulators } from '../fixtures/merchant.specs.js';
import { acknowledgement, aReceiver, type Receiver, stopReceivers } from '../fixtures/receiver.specs.js';
import { type Simulator, VirtualTime } from '../index.js';

const id = 'PAY_20230803165257496';
const minute = 60_000;
const hour = 60 * minute;
let time: VirtualTime;
let antom: Simulator;
let webhook: Receiver;

beforeEach(async () => {
  time = new VirtualTime(new Date('2026-01-01T00:00:00Z'));
  antom = await aSimulator({ clock: time, timer: time });
  webhook = await aReceiver();
  await call(antom, cappuccino({ paymentNotifyUrl: webhook.url }));
});
afterEach(async () => {
  await stopSimulators();
  await stopReceivers();
});

const advance = async (ms: number) => {
  time.advance(ms);
  await antom.idle();
};

describe('the notification of a payment', () => {
  it('comes at once, signed by Antom for the path it calls, and names no order', async () => {
    const { paymentId } = antom.pay(id);
    const { method, path, headers, body } = await webhook.delivery(1);
    expect([method, path]).toEqual(['POST', '/webhooks/antom/payments']);
    expect(headers['client-id']).toBe(clientId);
    const message = { method, path, clientId, time: String(headers['request-time']), body };
    expect(message.time).toBe('2026-01-01T08:00:00+08:00');
    expect(verifySignature(message, String(headers['signature']), [antomKeys.publicKey]).kind).toBe('valid');
    expect(JSON.parse(body)).toEqual({
      notifyType: 'PAYMENT_RESULT',
      result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success' },
      paymentRequestId: id,
      paymentId,
      paymentAmount: { currency: 'THB', value: '160' },
      paymentCreateTime: '2026-01-01T08:00:00+08:00',
      paymentTime: '2026-01-01T08:00:00+08:00',
    });
    expect(body).not.toContain('ORDER_');
  });

  it('of a refusal says F with its code, and no time of payment', async () => {
    antom.refuse(id, 'RISK_REJECT');
    const body = JSON.parse((await webhook.delivery(1)).body) as Record<string, unknown>;
    expect(body['result']).toMatchObject({ resultStatus: 'F', resultCode: 'RISK_REJECT' });
    expect(body).not.toHaveProperty('paymentTime');
  });

  it('is not sent again once it is acknowledged', async () => {
    antom.pay(id);
    await antom.idle();
    await advance(48 * hour);
    expect(webhook.received).toHaveLength(1);
    expect(antom.notifications()).toMatchObject([{ deliveries: 1, acknowledged: true }]);
  });

  it('is sent again, the same body under a fresh signature, until it is acknowledged', async () => {
    webhook.answer = { status: 500, body: '' };
    antom.pay(id);
    await antom.idle();
    await advance(0);
    webhook.answer = { status: 200, body: acknowledgement };
    await advance(2 * minute);
    await advance(48 * hour);
    expect(webhook.received).toHaveLength(3);
    expect(new Set(webhook.received.map(({ body }) => body)).size).toBe(1);
    expect(webhook.received.map(({ headers }) => headers['request-time'])).toEqual([
      '2026-01-01T08:00:00+08:00',
      '2026-01-01T08:00:00+08:00',
      '2026-01-01T08:02:00+08:00',
    ]);
    for (const { method, path, headers, body } of webhook.received) {
      const message = { method, path, clientId, time: String(headers['request-time']), body };
      expect(verifySignature(message, String(headers['signature']), [antomKeys.publicKey]).kind).toBe('valid');
    }
  });

  it('follows the schedule of Antom, eight times within 24 h 22 min, and then gives up', async () => {
    webhook.answer = { status: 200, body: '{"ok":true}' };
    antom.pay(id);
    await antom.idle();
    await advance(0);
    expect(webhook.received).toHaveLength(2);
    for (const wait of [2 * minute, 10 * minute, 10 * minute, hour, 2 * hour, 6 * hour, 15 * hour]) {
      const before = webhook.received.length;
      await advance(wait - 1);
      expect(webhook.received).toHaveLength(before);
      await advance(1);
      expect(webhook.received).toHaveLength(before + 1);
    }
    await advance(100 * hour);
    expect(webhook.received).toHaveLength(9);
    expect(antom.notifications()).toMatchObject([{ deliveries: 9, acknowledged: false }]);
  });

  it.each<[string, () => Promise<void>, number]>([
    [
      'copies of it came',
      async () => {
        antom.rule({ scenario: 'duplicate_notify', copies: 3 });
        antom.pay(id);
        await antom.idle();
      },
      4,
    ],
    [
      'somebody had it sent once more',
      async () => {
        antom.pay(id);
        await antom.idle();
        await fetch(`${antom.url}/_sim/notifications/${antom.notifications()[0]!.id}/resend`, { method: 'POST' });
        await antom.idle();
      },
      2,
    ],
  ])('follows the same schedule where %s besides', async (_, pay, already) => {
    webhook.answer = { status: 500, body: '' };
    await pay();
    expect(webhook.received).toHaveLength(already);
    for (const wait of [0, 2 * minute, 10 * minute, 10 * minute, hour, 2 * hour, 6 * hour, 15 * hour]) {
      const before = webhook.received.length;
      await advance(wait);
      expect(webhook.received).toHaveLength(before + 1);
    }
    await advance(100 * hour);
    expect(webhook.received).toHaveLength(already + 8);
  });

  it.each([
    ['another status', 201, acknowledgement],
    ['an empty body', 200, ''],
    ['"null"', 200, 'null'],
    ['a failure', 200, '{"result":{"resultCode":"PROCESS_FAIL","resultStatus":"F","resultMessage":"fail"}}'],
    [
      'the right words in the wrong place',
      200,
      '{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"success"}',
    ],
    ['another message', 200, acknowledgement.replace('"success"', '"ok"')],
  ])('is not acknowledged by %s', async (_, status, body) => {
    webhook.answer = { status, body };
    antom.pay(id);
    await antom.idle();
    expect(antom.notifications()).toMatchObject([{ acknowledged: false }]);
    expect(antom.journal().at(-1)).toMatchObject({
      kind: 'delivery',
      verdict: expect.not.stringContaining('acknowledged'),
      nextInMs: 0,
    });
  });

  it('is acknowledged however the answer is spaced', async () => {
    webhook.answer = { status: 200, body: JSON.stringify(JSON.parse(acknowledgement), null, 2) };
    antom.pay(id);
    await antom.idle();
    expect(antom.notifications()).toMatchObject([{ acknowledged: true }]);
  });

  it('is sent again where nobody listened', async () => {
    await webhook.stop();
    antom.pay(id);
    await antom.idle();
    expect(antom.journal().at(-1)).toMatchObject({ verdict: expect.stringContaining('ECONNREFUSED'), nextInMs: 0 });
  });

  it('is sent again where nobody answered in time', async () => {
    antom = await aSimulator({ clock: time, timer: time, deliveryTimeoutMs: 100 });
    await call(antom, cappuccino({ paymentNotifyUrl: webhook.url }));
    webhook.silent = true;
    antom.pay(id);
    await antom.idle();
    expect(antom.journal().at(-1)).toMatchObject({ verdict: 'no answer in 100 ms', nextInMs: 0 });
  });

  it('goes elsewhere where the simulator is told so', async () => {
    const elsewhere = await aReceiver();
    antom = await aSimulator({ notifyOverride: elsewhere.url, resendScheduleMs: [] });
    await call(antom, cappuccino({ paymentNotifyUrl: undefined }));
    antom.pay(id);
    await elsewhere.delivery(1);
    expect(webhook.received).toHaveLength(0);
  });

  it('finds the charge in the ledger when it arrives', async () => {
    const paid = antom.pay(id);
    await webhook.delivery(1);
    expect(antom.ledger()).toEqual([paid]);
  });
});
