import { type SchemaName } from './schemas.js';

/** What may come back beside problems. */
export interface Outcome {
  readonly says: string;
  readonly body: SchemaName;
  readonly headers?: readonly HeaderName[];
  readonly type?: 'text/event-stream';
}

export interface Operation {
  readonly path: string;
  readonly method: 'get' | 'post';
  readonly id: string;
  readonly summary: string;
  /** A merchant's server may do everything an app may. */
  readonly for: 'app' | 'server';
  readonly headers?: readonly ('Idempotency-Key' | 'Prefer')[];
  readonly body?: readonly SchemaName[];
  readonly outcomes: Readonly<Record<number, Outcome>>;
  readonly problems: readonly number[];
}

/** What a header of an answer tells. */
export const headerDescriptions = {
  Location: 'where to look again',
  'Content-Location': 'which session the body shows',
  'Retry-After': 'in so many seconds',
  'Idempotent-Replayed': 'true where the key was known',
  'Preference-Applied': 'for how long the answer was waited for',
  'X-Accel-Buffering': 'no: a proxy passes each event on at once',
};
export type HeaderName = keyof typeof headerDescriptions;

const created: readonly HeaderName[] = ['Location', 'Idempotent-Replayed', 'Preference-Applied'];
const session = (says: string, headers: readonly HeaderName[] = []): Outcome => ({
  ...{ says, body: 'PaymentSessionView', headers },
});
const sessions = '/v1/payment-sessions';
const always = [401, 404, 503];

/** Every operation of the gateway. */
export const operations: readonly Operation[] = [
  {
    ...{ path: sessions, method: 'post', id: 'createPaymentSession', for: 'app' },
    summary: 'Ask for a payment session; with a secret key the order stands in the body',
    headers: ['Idempotency-Key', 'Prefer'],
    body: ['CreatePaymentSessionBody', 'MerchantPaymentSessionBody'],
    outcomes: {
      200: session('A session for the same way of paying lives, and is handed out instead', [
        ...(['Location', 'Content-Location', 'Idempotent-Replayed', 'Preference-Applied'] as const),
      ]),
      201: session('The session can be opened', created),
      202: session('Nothing is known yet', [...created, 'Retry-After']),
    },
    problems: [400, 401, 409, 413, 415, 422, 503],
  },
  {
    ...{ path: `${sessions}/{id}`, method: 'get', id: 'getPaymentSession', for: 'app' },
    summary: 'The session as it is known now',
    outcomes: { 200: session('The session') },
    problems: always,
  },
  {
    ...{ path: `${sessions}/{id}/events`, method: 'get', id: 'followPaymentSession', for: 'app' },
    summary: 'The session at once and after every change, until nothing more can come of it',
    outcomes: {
      200: {
        says: 'Events named payment-session, whose data is the session',
        ...{ body: 'PaymentSessionView', type: 'text/event-stream', headers: ['X-Accel-Buffering'] },
      },
    },
    problems: always,
  },
  {
    ...{ path: `${sessions}/{id}/returned`, method: 'post', id: 'reportReturn', for: 'app' },
    summary: 'Tell that the buyer is back from the bank',
    outcomes: { 202: session('Antom is asked about it', ['Location', 'Retry-After']) },
    problems: always,
  },
  {
    ...{ path: `${sessions}/{id}/cancel`, method: 'post', id: 'cancelPaymentSession', for: 'app' },
    summary: 'Give the session up',
    outcomes: {
      200: session('It has ended already', ['Location']),
      202: session('Antom is asked to cancel it', ['Location', 'Retry-After']),
    },
    problems: [...always, 409],
  },
  {
    ...{ path: '/v1/orders/{id}', method: 'get', id: 'getOrder', for: 'app' },
    summary: 'The order as it is known now; there is one from its first payment session on',
    outcomes: { 200: { says: 'The order', body: 'OrderView' } },
    problems: always,
  },
  {
    ...{ path: '/v1/orders/{id}/close', method: 'post', id: 'closeOrder', for: 'server' },
    summary: 'Want no more payments for an order',
    body: ['CloseOrderBody'],
    outcomes: {
      200: { says: 'The order is closed or paid already', body: 'OrderView', headers: ['Location'] },
      202: { says: 'The order is being closed', body: 'ClosingOrder', headers: ['Location'] },
    },
    problems: [400, 401, 403, 404, 413, 415, 422, 503],
  },
  {
    ...{ path: '/v1/orders/{orderId}/refunds', method: 'post', id: 'createRefund', for: 'server' },
    summary: 'Give money of a payment back',
    headers: ['Idempotency-Key', 'Prefer'],
    body: ['CreateRefundBody'],
    outcomes: {
      201: { says: 'The refund is under way', body: 'RefundView', headers: created },
      202: { says: 'Nothing is known yet', body: 'RefundView', headers: [...created, 'Retry-After'] },
    },
    problems: [400, 401, 403, 404, 409, 413, 415, 422, 503],
  },
  {
    ...{ path: '/v1/refunds/{id}', method: 'get', id: 'getRefund', for: 'server' },
    summary: 'The refund as it is known now',
    outcomes: { 200: { says: 'The refund', body: 'RefundView' } },
    problems: [401, 403, 404, 503],
  },
];
