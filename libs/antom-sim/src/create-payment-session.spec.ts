import { generateKeyPairSync } from 'node:crypto';
import { signedHeader, verifySignature } from '@kasir/antom/signatures';
import {
  antomKeys,
  aSimulator,
  call,
  cappuccino,
  clientId,
  createPath,
  merchantKeys,
  stopSimulators,
} from './fixtures/merchant.specs.js';
import { type Simulator, VirtualTime } from './index.js';

const start = new Date('2026-01-01T00:00:00Z');
let time: VirtualTime;
let antom: Simulator;

beforeEach(async () => {
  time = new VirtualTime(start);
  antom = await aSimulator({ clock: time, timer: time });
});
afterEach(stopSimulators);

const resultOf = async (body: unknown) => (await call(antom, body)).body.result;

/** The cappuccino without one field, or with another value in it. */
const changed = (path: string, value?: unknown) => {
  const body = structuredClone(cappuccino()) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop()!;
  const holder = keys.reduce((inner, key) => (inner[key] ??= {}) as Record<string, unknown>, body);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return body;
};

describe('a payment session', () => {
  it.each([
    ['one bank', { bankName: 'Siam Commerical Bank' }, ''],
    ['a kind of bank', { paymentMethodCategory: 'BANK_TRANSFER' }, '-2'],
    ['the banks of a country', { paymentMethodRegion: 'TH' }, '-3'],
  ])('is opened for %s, written as a string or as an object', async (_, bank, suffix) => {
    for (const [form, metaData] of [
      ['s', JSON.stringify(bank)],
      ['o', bank],
    ] as const) {
      const paymentRequestId = `PAY_20230803165257496${suffix}${form}`;
      const paymentMethod = { paymentMethodType: 'BANK', paymentMethodMetaData: metaData };
      const { status, body } = await call(antom, cappuccino({ paymentRequestId, paymentMethod }));
      expect(status).toBe(200);
      expect(body).toEqual({
        result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success.' },
        paymentSessionData: expect.any(String),
        paymentSessionId: expect.stringMatching(/^.{64}$/),
        paymentSessionExpiryTime: '2026-01-01T09:00:00+08:00',
      });
      expect(antom.sessions().at(-1)).toMatchObject({ paymentRequestId, bank, status: 'open' });
    }
  });

  it('is answered under the signature of Antom, for the path and client that asked', async () => {
    const { headers, text } = await call(antom, cappuccino());
    const message = { method: 'POST', path: createPath, clientId, time: headers.get('response-time')!, body: text };
    expect(message.time).toBe('2026-01-01T08:00:00+08:00');
    expect(headers.get('client-id')).toBe(clientId);
    expect(verifySignature(message, headers.get('signature')!, [antomKeys.publicKey]).kind).toBe('valid');
  });

  it('has data in the four parts that the web SDK reads', async () => {
    const { body } = await call(antom, cappuccino());
    const data = String(body['paymentSessionData']);
    expect(data.length).toBeLessThanOrEqual(4096);
    const parts = data.split('&&');
    expect(parts).toHaveLength(4);
    expect(parts[0]).toMatch(/^[A-Za-z0-9+/]+={0,2}$/);
    expect(parts.slice(1, 3)).toEqual(['SG', '188']);
    expect(JSON.parse(Buffer.from(parts[3]!, 'base64').toString('utf8'))).toMatchObject({
      clientId,
      paymentSessionConfig: {
        productScene: 'CASHIER_PAYMENT',
        paymentMethodCategoryType: 'BANK',
        productSceneVersion: '1.0',
      },
      paymentSessionFactor: { paymentAmount: { value: '160', currency: 'THB' } },
    });
  });

  it('lives shorter than an hour where that is asked', async () => {
    const { body } = await call(antom, cappuccino({ paymentSessionExpiryTime: '2026-01-01T00:10:00Z' }));
    expect(body['paymentSessionExpiryTime']).toBe('2026-01-01T08:10:00+08:00');
    time.advance(10 * 60_000);
    expect(() => antom.pay('PAY_20230803165257496')).toThrow('expired at 2026-01-01T00:10:00.000Z');
  });

  it.each(['2026-01-01T01:00:01Z', '2026-01-01T00:00:00Z', 'soon'])(
    'does not live until %s',
    async (paymentSessionExpiryTime) => {
      expect(await resultOf(cappuccino({ paymentSessionExpiryTime }))).toMatchObject({
        resultCode: 'PARAM_ILLEGAL',
        resultMessage: expect.stringContaining('paymentSessionExpiryTime'),
      });
    },
  );

  it('is the same for the same request, however often and in whatever order of its keys', async () => {
    const first = await call(antom, cappuccino());
    time.advance(30 * 60_000);
    const second = await call(antom, cappuccino());
    const reordered = await call(antom, Object.fromEntries(Object.entries(cappuccino()).reverse()));
    expect(second.text).toBe(first.text);
    expect(reordered.text).toBe(first.text);
    expect(antom.sessions()).toHaveLength(1);
  });

  it('is the same even when its own expiry time has passed', async () => {
    const request = cappuccino({ paymentSessionExpiryTime: '2026-01-01T00:10:00Z' });
    const first = await call(antom, request);
    time.advance(3_600_000);
    expect((await call(antom, request)).text).toBe(first.text);
  });

  it.each([
    ['another amount', changed('paymentAmount.value', '161')],
    ['another bank', changed('paymentMethod.paymentMethodMetaData', '{"paymentMethodRegion":"TH"}')],
    ['another order', changed('order.referenceOrderId', 'ORDER_2')],
    ['no amount at all', changed('paymentAmount')],
  ])('is not opened again under the same id for %s', async (_, body) => {
    await call(antom, cappuccino());
    expect(await resultOf(body)).toMatchObject({ resultStatus: 'F', resultCode: 'REPEAT_REQ_INCONSISTENT' });
    expect(antom.sessions()).toHaveLength(1);
  });
});

describe('a request for a session', () => {
  it.each([
    'productCode',
    'paymentRequestId',
    'order',
    'order.referenceOrderId',
    'order.orderDescription',
    'order.orderAmount.currency',
    'order.orderAmount.value',
    'paymentAmount.currency',
    'paymentAmount.value',
    'paymentMethod.paymentMethodType',
    'paymentMethod.paymentMethodMetaData',
    'paymentRedirectUrl',
    'paymentNotifyUrl',
    'settlementStrategy.settlementCurrency',
  ])('is refused without %s, which it names', async (path) => {
    expect(await resultOf(changed(path))).toEqual({
      resultStatus: 'F',
      resultCode: 'PARAM_ILLEGAL',
      resultMessage: `Illegal parameters: ${path} is missing.`,
    });
    expect(antom.sessions()).toHaveLength(0);
  });

  it.each([
    ['productCode', 'AGREEMENT_PAYMENT'],
    ['paymentRequestId', 'x'.repeat(65)],
    ['order.orderDescription', 'x'.repeat(257)],
    ['order.orderAmount.value', 160],
    ['paymentAmount.value', '1.60'],
    ['paymentAmount.value', '0'],
    ['paymentAmount.currency', 'baht'],
    ['paymentMethod.paymentMethodType', 'CARD'],
    ['paymentRedirectUrl', 'back'],
    ['paymentNotifyUrl', 'coffee://notify'],
    ['env.terminalType', 'FRIDGE'],
    ['paymentExpiryTime', 'soon'],
    ['paymentExpiryTime', '2026-01-01'],
    ['paymentSessionExpiryTime', '2026-01-01'],
    ['order.goods', Array.from({ length: 101 }, () => ({}))],
    ['order.buyer.referenceBuyerId', 'x'.repeat(65)],
    ['order.buyer.buyerEmail', 'x'.repeat(65)],
    ['order.buyer.buyerPhoneNo', '1'.repeat(25)],
    ['order.buyer.buyerName.fullName', 'x'.repeat(129)],
    ['env.deviceTokenId', 'x'.repeat(65)],
    ['env.clientIp', '999.1.1.1'],
    ['locale', 'x'.repeat(9)],
    ['merchantAccountId', 'x'.repeat(33)],
  ])('is refused with %s %j, which it names', async (path, value) => {
    expect(await resultOf(changed(path, value))).toMatchObject({
      resultCode: 'PARAM_ILLEGAL',
      resultMessage: expect.stringContaining(`Illegal parameters: ${path} must be`),
    });
  });

  it.each<[string, unknown]>([
    ['no JSON', 'Siam Commerical Bank'],
    ['no choice', '{}'],
    ['two choices', { bankName: 'A', paymentMethodRegion: 'TH' }],
    ["the guide's misspelt key", { paymentMethodCaregory: 'BANK_TRANSFER' }],
    ['a country without banks', { paymentMethodRegion: 'SG' }],
    ['an empty bank', { bankName: '' }],
  ])('is refused with %s in its metadata', async (_, metaData) => {
    expect(await resultOf(changed('paymentMethod.paymentMethodMetaData', metaData))).toMatchObject({
      resultStatus: 'F',
      resultCode: 'INVALID_PAYMENT_METHOD_META_DATA',
    });
  });

  it.each([
    ['payment', { paymentAmount: { currency: 'IDR', value: '1000050' } }, 'paymentAmount'],
    [
      'order',
      { order: { ...cappuccino().order, orderAmount: { currency: 'IDR', value: '1000050' } } },
      'order.orderAmount',
    ],
  ])('is refused where rupiah of its %s do not end in 00', async (_, changes, field) => {
    expect(await resultOf(cappuccino(changes))).toMatchObject({
      resultCode: 'PARAM_ILLEGAL',
      resultMessage: expect.stringContaining(`${field} must end in 00`),
    });
  });

  it('is refused where the payment would be over before it began', async () => {
    expect(await resultOf(cappuccino({ paymentExpiryTime: '2026-01-01T00:00:00Z' }))).toMatchObject({
      resultCode: 'PARAM_ILLEGAL',
      resultMessage: expect.stringContaining('paymentExpiryTime must'),
    });
  });

  const latin1 = Buffer.from(JSON.stringify(cappuccino({ paymentRequestId: 'PAYé' })), 'latin1');
  const deep = JSON.stringify(cappuccino()).replace(/}$/, `,"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`);
  it.each<[string, string | Buffer]>([
    ['is not JSON', '{'],
    ['is not UTF-8', latin1],
    ['is nested deeper than anybody writes', deep],
  ])('is refused under a signature when it %s', async (_, sent) => {
    const { headers, body } = await call(antom, sent);
    expect(body.result).toMatchObject({ resultCode: 'PARAM_ILLEGAL' });
    expect(headers.has('signature')).toBe(true);
  });

  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const message = {
    method: 'POST',
    path: createPath,
    clientId,
    time: '1767225600123',
    body: JSON.stringify(cappuccino()),
  };
  it.each([
    ['changed after it was signed', 'SIGNATURE_INVALID', { signedBody: '{}' }],
    ['signed by another key', 'SIGNATURE_INVALID', { headers: { signature: signedHeader(message, stranger) } }],
    [
      'signed for the production path',
      'SIGNATURE_INVALID',
      {
        headers: {
          signature: signedHeader({ ...message, path: createPath.replace('/sandbox', '') }, merchantKeys.privateKey),
        },
      },
    ],
    ['not signed', 'SIGNATURE_INVALID', { headers: { signature: '' } }],
    ['signed at another time', 'SIGNATURE_INVALID', { headers: { 'request-time': '1767225600124' } }],
    ['from a stranger', 'CLIENT_INVALID', { headers: { 'client-id': 'SANDBOX_5Y' } }],
  ])('is refused without a signature of Antom when it is %s', async (_, resultCode, changes) => {
    const { status, headers, body } = await call(antom, cappuccino(), changes);
    expect(status).toBe(200);
    expect(body.result).toMatchObject({ resultStatus: 'F', resultCode });
    expect(headers.has('signature')).toBe(false);
    expect(headers.has('response-time')).toBe(false);
    expect(antom.sessions()).toHaveLength(0);
  });

  it('finds only the door of its own environment', async () => {
    const production = '/ams/api/v1/payments/createPaymentSession';
    expect((await call(antom, cappuccino(), { path: production })).status).toBe(404);
    const other = await aSimulator({ clientId: 'TEST_5X00000000000000' });
    expect((await call(other, cappuccino())).status).toBe(404);
    expect((await call(other, cappuccino(), { path: production })).body.result?.resultCode).toBe('CLIENT_INVALID');
  });
});
