import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import {
  acknowledgement,
  AntomClient,
  buildCancel,
  buildConsult,
  buildCreatePaymentSession,
  buildInquiryPayment,
  buildInquiryRefund,
  buildRefund,
  type Notification,
  readCancelAnswer,
  readConsultAnswer,
  readNotification,
  readPaymentInquiry,
  readRefundAnswer,
  readRefundInquiry,
  readSessionAnswer,
} from '@kasir/antom';
import { type Simulator, startSimulator } from '@kasir/antom-sim';

const clientId = 'SANDBOX_5X00000000000000';
const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 });
const antomKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });

let antom: Simulator;
let client: AntomClient;
let webhook: Server;
let heard: Notification[];
let tellHeard: (() => void) | undefined;

beforeEach(async () => {
  heard = [];
  webhook = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const trust = { clientId, publicKeys: [antomKeys.publicKey] };
      heard.push(readNotification({ method, path, headers, rawBody: Buffer.concat(parts) }, trust));
      response.setHeader('content-type', 'application/json').end(acknowledgement);
      tellHeard?.();
    });
  });
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  antom = await startSimulator({
    clientId,
    merchantPublicKey: merchant.publicKey,
    antomPrivateKey: antomKeys.privateKey,
    refundTakesMs: 100,
  });
  client = new AntomClient({
    baseUrl: antom.url,
    clientId,
    privateKey: merchant.privateKey,
    publicKeys: [antomKeys.publicKey],
  });
});

afterEach(async () => {
  webhook.closeAllConnections();
  await Promise.all([antom.stop(), client.close(0), new Promise((resolve) => webhook.close(resolve))]);
});

const notifyUrl = () => `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/webhooks/antom`;

async function open(paymentRequestId: string, currency = 'THB', bankName = 'Bangkok Bank'): Promise<void> {
  const amount = { value: '16000', currency };
  const request = buildCreatePaymentSession({
    paymentRequestId,
    orderId: `O-${paymentRequestId}`,
    description: 'กาแฟเย็น',
    orderAmount: amount,
    amount,
    bank: { bankName },
    terminal: { type: 'WEB' },
    clientIp: '203.0.113.7',
    redirectUrl: 'https://coffee.example/return',
    notifyUrl: `${notifyUrl()}/payments`,
    settlementCurrency: 'USD',
    now: new Date(),
  });
  expect(readSessionAnswer(await client.send(request))).toMatchObject({ kind: 'created' });
}

const inquire = async (paymentRequestId: string) =>
  readPaymentInquiry(await client.send(buildInquiryPayment({ paymentRequestId })), { paymentRequestId });
const cancel = async (paymentRequestId: string) =>
  readCancelAnswer(await client.send(buildCancel({ paymentRequestId })), { paymentRequestId });
const inquireRefund = async (refundRequestId: string) =>
  readRefundInquiry(await client.send(buildInquiryRefund({ refundRequestId })), { refundRequestId });

async function refund(refundRequestId: string, paymentId: string, amount: { value: string; currency: string }) {
  const request = buildRefund({ refundRequestId, paymentId, amount, notifyUrl: `${notifyUrl()}/refunds` });
  return readRefundAnswer(await client.send(request), { refundRequestId });
}

async function notificationOf(kind: Notification['kind']): Promise<Notification> {
  for (;;) {
    const found = heard.find((each) => each.kind === kind);
    if (found !== undefined) return found;
    await new Promise<void>((resolve) => (tellHeard = resolve));
  }
}

describe('our client and the simulator, after the session', () => {
  it('agree on how a payment stands, from nothing to paid', async () => {
    await open('P-1');
    expect(await inquire('P-1')).toMatchObject({ kind: 'not-found', code: 'ORDER_NOT_EXIST' });
    antom.submit('P-1');
    expect(await inquire('P-1')).toMatchObject({ kind: 'answered', status: 'processing' });
    const { paymentId } = antom.pay('P-1');
    expect(await inquire('P-1')).toMatchObject({
      kind: 'answered',
      status: 'succeeded',
      paymentId,
      amount: { value: '16000', currency: 'THB' },
      paidAt: expect.any(Date),
    });
  });

  it('agree on what a cancel does, and when it is too late', async () => {
    await open('P-1');
    expect(await cancel('P-1')).toMatchObject({ kind: 'refused', why: 'no such payment', reaction: 'inquire' });
    antom.submit('P-1');
    expect(await cancel('P-1')).toMatchObject({ kind: 'cancelled', paymentRequestId: 'P-1' });
    expect(await cancel('P-1')).toMatchObject({ kind: 'cancelled' });
    expect(await inquire('P-1')).toMatchObject({ status: 'cancelled' });
    await open('P-2');
    antom.pay('P-2');
    expect(await cancel('P-2')).toMatchObject({ kind: 'refused' });
    expect(await inquire('P-2')).toMatchObject({ status: 'succeeded' });
  });

  it('agree that a Thai bank gives nothing back', async () => {
    await open('P-1');
    const { paymentId } = antom.pay('P-1');
    expect(await refund('R-1', paymentId, { value: '100', currency: 'THB' })).toMatchObject({
      kind: 'refused',
      reaction: 'ask a person',
    });
  });

  it('agree on a refund at once, its news and its trace in the payment', async () => {
    await open('P-1', 'PHP', 'BPI');
    const { paymentId } = antom.pay('P-1');
    const amount = { value: '600', currency: 'PHP' };
    const accepted = await refund('R-1', paymentId, amount);
    expect(accepted).toMatchObject({ kind: 'accepted', paymentId, amount });
    expect(await refund('R-1', paymentId, amount)).toEqual(accepted);
    expect(await inquireRefund('R-1')).toMatchObject({ kind: 'answered', status: 'succeeded', amount });
    expect(await notificationOf('refund')).toMatchObject({
      news: { kind: 'succeeded', refundRequestId: 'R-1', amount },
    });
    expect(await inquire('P-1')).toMatchObject({
      status: 'succeeded',
      transactions: expect.arrayContaining([expect.objectContaining({ kind: 'refund', requestId: 'R-1', amount })]),
    });
  });

  it('agree on a refund that takes its time', async () => {
    await open('P-1', 'MYR', 'FPX');
    const { paymentId } = antom.pay('P-1');
    expect(await refund('R-1', paymentId, { value: '16000', currency: 'MYR' })).toMatchObject({
      kind: 'unknown',
      reason: 'undecided',
      reaction: 'retry same id',
    });
    expect(await notificationOf('refund')).toMatchObject({ news: { kind: 'succeeded', refundRequestId: 'R-1' } });
    expect(await inquireRefund('R-1')).toMatchObject({ kind: 'answered', status: 'succeeded' });
  });

  it('agree on the banks that take an amount', async () => {
    const request = buildConsult({
      amount: { value: '16000', currency: 'THB' },
      terminal: { type: 'APP', os: 'IOS' },
      regions: ['TH'],
    });
    const answer = readConsultAnswer(await client.send(request));
    expect(answer).toMatchObject({ kind: 'answered', unreadable: 0 });
    expect(
      answer.kind === 'answered' && answer.methods.find(({ method }) => method === 'BANKAPP_BANGKOKBANK'),
    ).toMatchObject({
      enabled: true,
      category: 'MOBILE_BANKING_APP',
      regions: ['TH'],
      limits: {
        THB: { single: { min: { value: '100', currency: 'THB' }, max: { value: '200000000', currency: 'THB' } } },
      },
    });
  });
});
