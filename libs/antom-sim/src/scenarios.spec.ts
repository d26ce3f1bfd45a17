import { verifySignature } from '@kasir/antom/signatures';
import {
  antomKeys,
  ask,
  aSimulator,
  at,
  call,
  cappuccino,
  clientId,
  stopSimulators,
} from './fixtures/merchant.specs.js';
import { aReceiver, type Received, type Receiver, stopReceivers } from './fixtures/receiver.specs.js';
import { type RuleOrder, scenarios, type Simulator, VirtualTime } from './index.js';

const id = 'PAY_20230803165257496';
const minute = 60_000;
let time: VirtualTime;
let antom: Simulator;
let webhook: Receiver;

beforeEach(async () => {
  time = new VirtualTime(new Date('2026-01-01T00:00:00Z'));
  antom = await aSimulator({ clock: time, timer: time });
  webhook = await aReceiver();
});
afterEach(async () => {
  await stopSimulators();
  await stopReceivers();
});

const open = (changes: object = {}) => call(antom, cappuccino({ paymentNotifyUrl: webhook.url, ...changes }));
const control = async (path: string, body: object = {}) => {
  const response = await fetch(`${antom.url}/_sim/${path}`, { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, body: (await response.text()) || undefined };
};
const payAtBank = (paymentRequestId = id) => control(`sessions/${paymentRequestId}/pay`);
const news = () => webhook.received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
const inquire = () => ask(antom, 'inquiryPayment', { paymentRequestId: id });
const charges = () => antom.ledger().map(({ kind, paymentRequestId }) => `${kind} ${paymentRequestId}`);
const signed = ({ method, path, headers, body }: Received, client = clientId) =>
  verifySignature(
    { method, path, clientId: client, time: String(headers['request-time']), body },
    String(headers['signature']),
    [antomKeys.publicKey],
  ).kind === 'valid';

describe('a rule about the bank', () => {
  it('goes before what the buyer wants: success', async () => {
    antom.rule({ scenario: 'success' });
    await open();
    antom.refuse(id);
    expect(charges()).toEqual([`charge ${id}`]);
  });

  it.each([
    ['fail', {}, 'USER_BALANCE_NOT_ENOUGH'],
    ['fail', { code: 'RISK_REJECT' }, 'RISK_REJECT'],
    ['user_cancel', {}, 'ORDER_IS_CANCELED'],
  ] as const)('goes before what the buyer wants: %s %j', async (scenario, details, code) => {
    antom.rule({ scenario, ...details });
    await open();
    const answer = await payAtBank();
    expect(answer).toMatchObject({ status: 200 });
    expect(JSON.parse(answer.body!)).toEqual({ paymentRequestId: id, status: 'refused', code });
    expect(charges()).toEqual([]);
  });

  it('is told to who pays in the same process', async () => {
    antom.rule({ scenario: 'fail' });
    await open();
    expect(() => antom.pay(id)).toThrow('a rule says that PAY_20230803165257496 is refused');
  });

  it.each([
    ['pending_then_success', 'SUCCESS', 'S'],
    ['pending_then_fail', 'FAIL', 'F'],
  ] as const)('leaves it undecided for a while: %s', async (scenario, paymentStatus, resultStatus) => {
    antom.rule({ scenario, afterMs: 5 * minute });
    await open();
    await payAtBank();
    expect(await inquire()).toMatchObject({ paymentStatus: 'PENDING' });
    expect(charges()).toEqual([]);
    await antom.advance(5 * minute);
    expect(await inquire()).toMatchObject({ paymentStatus });
    expect(news()).toMatchObject([
      { notifyType: 'PAYMENT_PENDING', result: { resultStatus: 'S' } },
      { notifyType: 'PAYMENT_RESULT', result: { resultStatus } },
    ]);
  });

  it('lets the news overtake each other: out_of_order', async () => {
    antom.rule({ scenario: 'out_of_order' });
    await open();
    await payAtBank();
    await antom.advance(1000);
    expect(news().map(({ notifyType }) => notifyType)).toEqual(['PAYMENT_RESULT', 'PAYMENT_PENDING']);
  });

  it('says nothing until the time is up: never_paid', async () => {
    antom.rule({ scenario: 'never_paid' });
    await open();
    await payAtBank();
    expect(await inquire()).toMatchObject({ paymentStatus: 'PROCESSING' });
    await antom.advance(14 * minute);
    expect(news()).toMatchObject([{ result: { resultCode: 'ORDER_IS_CLOSED' } }]);
    expect(charges()).toEqual([]);
  });

  it('pays every open attempt of the order: double_success', async () => {
    antom.rule({ scenario: 'double_success' });
    await open();
    await open({ paymentRequestId: 'second' });
    await open({ paymentRequestId: 'elsewhere', order: { ...cappuccino().order, referenceOrderId: 'other' } });
    await payAtBank('second');
    await antom.idle();
    expect(charges()).toEqual(['charge second', `charge ${id}`]);
    expect(
      news()
        .map(({ paymentRequestId }) => paymentRequestId)
        .sort(),
    ).toEqual([id, 'second']);
  });

  it('charges one attempt twice: charged_twice', async () => {
    antom.rule({ scenario: 'charged_twice' });
    await open();
    await payAtBank();
    await antom.idle();
    expect(charges()).toEqual([`charge ${id}`, `charge ${id}`]);
    const [first, second] = news().map(({ paymentId }) => paymentId);
    expect(first).not.toBe(second);
    expect(await ask(antom, 'inquiryPayment', { paymentId: second })).toMatchObject({ paymentStatus: 'SUCCESS' });
  });
});

describe('a rule about the news', () => {
  const paid = async (order: RuleOrder) => {
    antom.rule(order);
    await open();
    await payAtBank();
    await antom.idle();
  };

  it('loses it for ever, or a few times: lost_notify', async () => {
    await paid({ scenario: 'lost_notify' });
    await antom.advance(48 * 60 * minute);
    expect(news()).toEqual([]);
    expect(await inquire()).toMatchObject({ paymentStatus: 'SUCCESS' });
    antom.rule({ scenario: 'lost_notify', deliveries: 2 });
    await open({ paymentRequestId: 'second' });
    await payAtBank('second');
    await antom.advance(2 * minute);
    expect(news()).toMatchObject([{ paymentRequestId: 'second' }]);
  });

  it('repeats it: duplicate_notify', async () => {
    await paid({ scenario: 'duplicate_notify', copies: 2 });
    expect(new Set(webhook.received.map(({ body }) => body)).size).toBe(1);
    expect(webhook.received).toHaveLength(3);
    await antom.advance(48 * 60 * minute);
    expect(webhook.received).toHaveLength(3);
  });

  it('delays it: late_notify', async () => {
    await paid({ scenario: 'late_notify', afterMs: 60 * minute });
    await antom.advance(60 * minute - 1);
    expect(news()).toEqual([]);
    await antom.advance(1);
    expect(news()).toHaveLength(1);
  });

  it('does not hear its acknowledgement: notify_after_merchant_500', async () => {
    await paid({ scenario: 'notify_after_merchant_500', deliveries: 2 });
    await antom.advance(24 * 60 * minute);
    expect(news()).toHaveLength(3);
    expect(antom.notifications()).toMatchObject([{ acknowledged: true, deliveries: 3 }]);
  });

  it('spoils its signature, and only that of the first delivery: bad_signature', async () => {
    webhook.answer = { status: 401, body: '' };
    await paid({ scenario: 'bad_signature' });
    await antom.advance(0);
    expect(webhook.received.map((received) => signed(received))).toEqual([false, true]);
  });

  it('names another amount, rightly signed, while the ledger has the right one: wrong_amount', async () => {
    await paid({ scenario: 'wrong_amount' });
    expect(news()).toMatchObject([{ paymentAmount: { value: '161', currency: 'THB' } }]);
    expect(signed(webhook.received[0]!)).toBe(true);
    expect(antom.ledger()).toMatchObject([{ amount: { value: '160' } }]);
  });

  it('tells of a payment that nobody knows as well: unknown_payment', async () => {
    await paid({ scenario: 'unknown_payment' });
    expect(
      news()
        .map(({ paymentRequestId }) => paymentRequestId)
        .sort(),
    ).toEqual([id, `stranger-${id}`]);
    expect(webhook.received.every((received) => signed(received))).toBe(true);
    expect(charges()).toEqual([`charge ${id}`]);
  });

  it('signs it for another client: other_client_id', async () => {
    await paid({ scenario: 'other_client_id', clientId: 'SANDBOX_OTHER' });
    const [received] = webhook.received;
    expect(received!.headers['client-id']).toBe('SANDBOX_OTHER');
    expect(signed(received!, 'SANDBOX_OTHER')).toBe(true);
  });

  it('tells it before the session is answered: notify_before_response', async () => {
    antom.rule({ scenario: 'notify_before_response' });
    const answer = await open();
    expect(news()).toMatchObject([{ paymentRequestId: id }]);
    expect(answer.body.result?.resultStatus).toBe('S');
    const kinds = antom.journal().map(({ kind }) => kind);
    expect(kinds).toEqual(['request', 'payment', 'delivery', 'answer']);
  });
});

describe('a rule about calls', () => {
  it.each([
    ['session_U', { resultStatus: 'U', resultCode: 'UNKNOWN_EXCEPTION' }],
    ['call_U', { resultStatus: 'U', resultCode: 'UNKNOWN_EXCEPTION' }],
  ] as const)('does the work and does not say so: %s', async (scenario, result) => {
    antom.rule({ scenario });
    expect((await open()).body.result).toMatchObject(result);
    expect(antom.sessions()).toHaveLength(1);
    expect((await open()).body.result?.resultStatus).toBe('S');
  });

  it.each(['session_timeout', 'call_timeout'] as const)('does the work and never answers: %s', async (scenario) => {
    antom.rule({ scenario });
    const answer = call(antom, cappuccino(), { signal: AbortSignal.timeout(30_000) }).catch(() => 'cut off');
    while (antom.journal().at(-1)?.kind !== 'answer') await new Promise(setImmediate);
    expect(antom.sessions()).toHaveLength(1);
    await antom.stop();
    expect(await answer).toBe('cut off');
  });

  it.each([
    ['http_500', 500],
    ['rate_limited', 429],
  ] as const)('answers with another status: %s', async (scenario, status) => {
    antom.rule({ scenario, call: 'createPaymentSession' });
    expect((await open()).status).toBe(status);
    expect(antom.sessions()).toEqual([]);
  });

  it('leaves other calls alone', async () => {
    antom.rule({ scenario: 'http_500', call: 'cancel' });
    expect((await open()).body.result?.resultStatus).toBe('S');
    expect(await ask(antom, 'cancel', { paymentRequestId: id })).toEqual({});
  });

  it('answers with half of the JSON, or without a signature: malformed_json, unsigned', async () => {
    antom.rule({ scenario: 'malformed_json' });
    antom.rule({ scenario: 'unsigned' });
    const broken = await open();
    expect(broken.status).toBe(200);
    expect(() => JSON.parse(broken.text) as unknown).toThrow(SyntaxError);
    const bare = await open();
    expect(bare.body.result?.resultStatus).toBe('S');
    expect(bare.headers.has('signature')).toBe(false);
  });

  it('lets inquiries lag behind: inquiry_stale', async () => {
    antom.rule({ scenario: 'inquiry_stale', times: 2 });
    await open();
    await payAtBank();
    expect(await inquire()).toMatchObject({ paymentStatus: 'PROCESSING', paymentResultCode: 'PAYMENT_IN_PROCESS' });
    expect(await inquire()).not.toHaveProperty('paymentTime');
    expect(await inquire()).toMatchObject({ paymentStatus: 'SUCCESS' });
  });

  it('lets inquiries find nothing at first: inquiry_not_found_then_found', async () => {
    antom.rule({ scenario: 'inquiry_not_found_then_found' });
    await open();
    await payAtBank();
    expect((await inquire()).result?.resultCode).toBe('ORDER_NOT_EXIST');
    expect(await inquire()).toMatchObject({ paymentStatus: 'SUCCESS' });
  });

  it('lets the bank charge after a cancel, and Antom give it back: cancel_too_late', async () => {
    antom.rule({ scenario: 'cancel_too_late' });
    await open();
    antom.submit(id);
    expect((await ask(antom, 'cancel', { paymentRequestId: id })).result?.resultStatus).toBe('S');
    await antom.advance(1000);
    expect(news()).toMatchObject([{ notifyType: 'PAYMENT_RESULT', result: { resultStatus: 'S' } }]);
    expect(charges()).toEqual([`charge ${id}`, `refund ${id}`]);
    expect(await inquire()).toMatchObject({ paymentStatus: 'CANCELLED' });
  });

  it('lets a refund fail after it was taken on: refund_fails', async () => {
    antom.rule({ scenario: 'refund_fails' });
    await call(antom, at('BPI', 'PHP', '2500', { paymentNotifyUrl: webhook.url }));
    const { paymentId } = antom.pay(id);
    const wish = { refundRequestId: 'R1', paymentId, refundAmount: { value: '100', currency: 'PHP' } };
    expect((await ask(antom, 'refund', { ...wish, refundNotifyUrl: webhook.url })).result?.resultStatus).toBe('U');
    await antom.advance(3000);
    expect(await ask(antom, 'inquiryRefund', { refundRequestId: 'R1' })).toMatchObject({ refundStatus: 'FAIL' });
    expect(news()).toContainEqual(expect.objectContaining({ notifyType: 'REFUND_RESULT', refundStatus: 'FAIL' }));
    expect(charges()).toEqual([`charge ${id}`]);
  });
});

describe('a rule', () => {
  const refused = async (...ids: string[]) => {
    for (const paymentRequestId of ids) {
      await open({ paymentRequestId });
      await payAtBank(paymentRequestId);
    }
    return antom
      .sessions()
      .filter(({ status }) => status === 'refused')
      .map(({ paymentRequestId }) => paymentRequestId);
  };

  it('holds for one payment, so many, or all of them', async () => {
    antom.rule({ scenario: 'fail' });
    expect(await refused('a', 'b')).toEqual(['a']);
    antom.rule({ scenario: 'fail', times: 2 });
    expect(await refused('c', 'd', 'e')).toEqual(['a', 'c', 'd']);
    antom.rule({ scenario: 'fail', times: 'always' });
    expect(await refused('f', 'g', 'h')).toEqual(['a', 'c', 'd', 'f', 'g', 'h']);
  });

  it.each([
    ['match', 'vip-*'],
    ['bank', 'Siam*'],
    ['amount', '160'],
    ['amount', 'THB 160'],
  ])('holds for payments by their %s', async (field, pattern) => {
    antom.rule({ scenario: 'fail', times: 'always', [field]: pattern });
    await call(antom, at('BNI', 'IDR', '1500000', { paymentRequestId: 'jakarta', paymentNotifyUrl: webhook.url }));
    await payAtBank('jakarta');
    expect(await refused('vip-1')).toEqual(['vip-1']);
  });

  it('is the oldest one that fits', async () => {
    antom.rule({ scenario: 'fail', code: 'RISK_REJECT' });
    antom.rule({ scenario: 'fail', code: 'DO_NOT_HONOR' });
    await refused('a', 'b');
    expect(antom.sessions().map(({ code }) => code)).toEqual(['RISK_REJECT', 'DO_NOT_HONOR']);
  });

  it('works next to one about another moment', async () => {
    antom.rule({ scenario: 'pending_then_success' });
    antom.rule({ scenario: 'lost_notify', times: 2 });
    await open();
    await payAtBank();
    await antom.advance(minute);
    expect([news(), charges()]).toEqual([[], [`charge ${id}`]]);
  });

  it('is made, listed and removed over HTTP', async () => {
    const made = await control('scenarios', { scenario: 'fail', match: 'a*' });
    expect([made.status, JSON.parse(made.body!)]).toEqual([201, { id: 1, left: 1, scenario: 'fail', match: 'a*' }]);
    await control('scenarios', { scenario: 'lost_notify', times: 'always' });
    const list = async () =>
      (await (await fetch(`${antom.url}/_sim/scenarios`)).json()) as { rules: object[]; known: object[] };
    expect((await list()).rules).toMatchObject([{ id: 1 }, { id: 2, left: -1 }]);
    expect((await list()).known).toHaveLength(Object.keys(scenarios).length);
    await fetch(`${antom.url}/_sim/scenarios/1`, { method: 'DELETE' });
    expect((await list()).rules).toMatchObject([{ id: 2 }]);
    await fetch(`${antom.url}/_sim/scenarios`, { method: 'DELETE' });
    expect((await list()).rules).toEqual([]);
  });

  it.each([
    ['scenario', { scenario: 'explode' }],
    ['scenario', { scenario: 'toString' }],
    ['match', { scenario: 'fail', match: 7 }],
    ['times', { scenario: 'fail', times: 0 }],
    ['deliveries', { scenario: 'lost_notify', deliveries: 'some' }],
    ['copies', { scenario: 'duplicate_notify', copies: 0 }],
    ['afterMs', { scenario: 'late_notify', afterMs: -1 }],
    ['afterMs', { scenario: 'late_notify', afterMs: 1e15 }],
    ['amount', { scenario: 'fail', amount: '160.00' }],
    ['call', { scenario: 'http_500', call: 'pay' }],
  ])('is refused with a wrong %s', async (field, order) => {
    const { status, body } = await control('scenarios', order);
    expect([status, body]).toEqual([400, expect.stringContaining(`${field} must be`)]);
  });

  it.each([
    ['says something that no rule knows', { scenario: 'fail', mach: 'ps_*' }, '"mach"'],
    ['says what its scenario does not heed', { scenario: 'success', code: 'RISK_REJECT' }, '"code"'],
  ])('is refused where it %s: it would strike others than were meant', async (_, order, name) => {
    const { status, body } = await control('scenarios', order);
    expect([status, body]).toEqual([400, expect.stringContaining(JSON.stringify(name).slice(1, -1))]);
    expect(() => antom.rule(order as RuleOrder)).toThrow(name);
  });

  it('ends with a reset, as faults and holds do, while what happened stays', async () => {
    await open();
    antom.rule({ scenario: 'fail' });
    antom.disturb({ fault: 'error' });
    antom.hold('*');
    expect((await control('reset')).status).toBe(204);
    await payAtBank();
    await antom.idle();
    expect([charges(), news().length]).toEqual([[`charge ${id}`], 1]);
  });
});
