import { vector } from '../fixtures/vectors.specs.js';
import { parsePrivateKey, parsePublicKey, signedHeader } from '../signatures/index.js';
import { acknowledgement, failureAnswer } from './acknowledgement.js';
import { readNotification } from './read-notification.js';

const paid = vector('webhook-notifyPayment-success');
const trust = { clientId: paid.clientId, publicKeys: [parsePublicKey(paid.publicKeyPem)] };
const call = (changed: object = {}, headers: object = {}) => ({
  method: 'POST',
  path: paid.path,
  headers: {
    'client-id': paid.clientId,
    'request-time': paid.requestTime,
    signature: paid.signatureHeader,
    ...headers,
  },
  rawBody: Buffer.from(paid.body) as string | Buffer,
  ...changed,
});
const body = JSON.parse(paid.body) as Record<string, unknown>;

/** A call that Antom might make tomorrow, signed with its key. */
const signedCall = (rawBody: string | Buffer, time = paid.requestTime) => {
  const message = { method: 'POST', path: paid.path, clientId: paid.clientId, time, body: rawBody };
  const signature = signedHeader(message, parsePrivateKey(paid.privateKeyPem));
  return call({ rawBody }, { signature, 'request-time': time });
};
const read = (changes: object) => readNotification(signedCall(JSON.stringify({ ...body, ...changes })), trust);
const kindOf = (notifyType: string, resultStatus: string) => {
  const notification = read({ notifyType, result: { resultStatus, resultCode: 'C', resultMessage: 'm' } });
  return notification.kind === 'attempt' ? notification.news.kind : notification.kind;
};

describe('a notification', () => {
  it('tells of a payment', () => {
    expect(readNotification(call(), trust)).toEqual({
      kind: 'attempt',
      notifyType: 'PAYMENT_RESULT',
      verdict: {
        kind: 'valid',
        keyVersion: '1',
        requestTime: '2026-01-01T08:00:10+08:00',
        sentAt: new Date('2026-01-01T00:00:10Z'),
      },
      news: {
        kind: 'succeeded',
        paymentRequestId: 'PAY_0001',
        paymentId: '20260101194010890001001234567',
        amount: { value: '16000', currency: 'THB' },
        code: 'SUCCESS',
        message: 'success',
        createdAt: new Date('2026-01-01T00:00:00Z'),
        paidAt: new Date('2026-01-01T00:00:09Z'),
      },
    });
  });

  it.each([
    ['PAYMENT_RESULT', 'S', 'succeeded'],
    ['PAYMENT_RESULT', 'F', 'failed'],
    ['PAYMENT_RESULT', 'U', 'pending'],
    ['PAYMENT_RESULT', 'A', 'pending'],
    ['PAYMENT_PENDING', 'S', 'pending'],
    ['PAYMENT_PENDING', 'F', 'pending'],
    ['A_TYPE_OF_TOMORROW', 'S', 'other'],
  ])('%s with %s means: %s', (notifyType, status, kind) => {
    expect(kindOf(notifyType, status)).toBe(kind);
  });

  it('of a kind that nobody knows yet is kept by its name', () => {
    expect(read({ notifyType: 'A_TYPE_OF_TOMORROW' })).toMatchObject({
      kind: 'other',
      notifyType: 'A_TYPE_OF_TOMORROW',
      verdict: { kind: 'valid' },
    });
  });

  it('may say more than we know, and less about times', () => {
    const notification = read({ paymentTime: 'noon', paymentCreateTime: 7, acquirerInfo: { acquirerName: 'X' } });
    expect(notification).toMatchObject({ kind: 'attempt', news: { kind: 'succeeded' } });
    expect(notification).not.toHaveProperty('news.paidAt');
  });

  it('keeps an amount that no float can hold', () => {
    expect(read({ paymentAmount: { value: '9007199254740993', currency: 'IDR' } })).toMatchObject({
      news: { amount: { value: '9007199254740993', currency: 'IDR' } },
    });
  });

  it.each([
    ['no JSON', 'notifyType=PAYMENT_RESULT'],
    ['no type', '{}'],
    ['an empty type', '{"notifyType":""}'],
    ['null', 'null'],
    ['no payment request', JSON.stringify({ ...body, paymentRequestId: undefined })],
    ['no payment', JSON.stringify({ ...body, paymentId: undefined })],
    ['no result', JSON.stringify({ ...body, result: undefined })],
    ['an amount that is a number', JSON.stringify({ ...body, paymentAmount: { value: 16000, currency: 'THB' } })],
    ['a decimal amount', JSON.stringify({ ...body, paymentAmount: { value: '160.00', currency: 'THB' } })],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
  ])('with %s is Antom’s and unreadable', (_, rawBody) => {
    expect(readNotification(signedCall(rawBody), trust)).toMatchObject({
      kind: 'unreadable',
      verdict: { kind: 'valid' },
    });
  });

  it('names the field that makes it unreadable', () => {
    expect(read({ paymentId: undefined })).toMatchObject({ detail: expect.stringContaining('paymentId') });
  });

  it.each([
    ['a changed body', call({ rawBody: paid.body.replace('16000', '1600') }), 'signature does not match'],
    ['another path', call({ path: '/payment' }), 'signature does not match'],
    ['no signature', call({}, { signature: undefined }), 'header missing'],
    [
      'two signatures',
      call({}, { signature: [paid.signatureHeader, paid.signatureHeader] }),
      'no signature in the header',
    ],
    ['no client', call({}, { 'client-id': undefined }), 'no client id'],
    ['another client', call({}, { 'client-id': `${paid.clientId}X` }), 'other client id'],
    ['no time', call({}, { 'request-time': undefined }), 'no request time'],
    ['another time', call({}, { 'request-time': '2026-01-01T08:00:11+08:00' }), 'signature does not match'],
  ])('is not believed with %s', (_, request, reason) => {
    expect(readNotification(request, trust)).toMatchObject({
      kind: 'unverified',
      verdict: { kind: 'invalid', reason },
    });
  });

  it('for another client is not believed though its signature is right', () => {
    expect(readNotification(call(), { ...trust, clientId: 'SANDBOX_5X' })).toMatchObject({
      verdict: { reason: 'other client id' },
    });
  });

  it('is read whatever the case of its headers, and as text or bytes', () => {
    const headers = { 'Client-Id': paid.clientId, 'Request-Time': paid.requestTime, Signature: paid.signatureHeader };
    expect(readNotification({ ...call({ rawBody: paid.body }), headers }, trust).kind).toBe('attempt');
  });

  it('of a time in no known form is still Antom’s, without a moment', () => {
    const { verdict } = readNotification(signedCall(paid.body, 'noon'), trust);
    expect(verdict).toEqual({ kind: 'valid', keyVersion: '1', requestTime: 'noon' });
  });

  it('is acknowledged with the words that Antom waits for, and refused with others', () => {
    expect(acknowledgement).toBe('{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"success"}}');
    expect(JSON.parse(failureAnswer)).toMatchObject({ result: { resultCode: 'PROCESS_FAIL', resultStatus: 'F' } });
  });
});
