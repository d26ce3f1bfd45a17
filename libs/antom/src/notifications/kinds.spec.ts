import { vector } from '../fixtures/vectors.specs.js';
import { parsePrivateKey, parsePublicKey, signedHeader } from '../signatures/index.js';
import { readNotification } from './read-notification.js';

const refunded = vector('webhook-notifyRefund-success');
const trust = { clientId: refunded.clientId, publicKeys: [parsePublicKey(refunded.publicKeyPem)] };

const call = (rawBody: string, signature?: string) => {
  const { path, clientId, requestTime: time } = refunded;
  const made = signedHeader(
    { method: 'POST', path, clientId, time, body: rawBody },
    parsePrivateKey(refunded.privateKeyPem),
  );
  return {
    method: 'POST',
    path,
    headers: { 'client-id': clientId, 'request-time': time, signature: signature ?? made },
    rawBody,
  };
};
const read = (body: object) => readNotification(call(JSON.stringify(body)), trust);
const result = { resultStatus: 'S', resultCode: 'SUCCESS', resultMessage: 'success' };
const amount = { value: '16000', currency: 'THB' };

describe('a notification of a refund', () => {
  const refund = JSON.parse(refunded.body) as Record<string, unknown>;

  it('tells of the money that went back', () => {
    expect(readNotification(call(refunded.body, refunded.signatureHeader), trust)).toMatchObject({
      kind: 'refund',
      notifyType: 'REFUND_RESULT',
      verdict: { kind: 'valid' },
      news: {
        kind: 'succeeded',
        refundRequestId: refund['refundRequestId'],
        refundId: refund['refundId'],
        amount: refund['refundAmount'],
        code: 'SUCCESS',
      },
    });
  });

  it.each([
    ['SUCCESS', 'S', 'succeeded'],
    ['FAIL', 'F', 'failed'],
    ['FAIL', 'S', 'failed'],
    ['SUCCESS', 'F', 'succeeded'],
    ['PROCESSING', 'S', 'processing'],
    ['A_STATUS_OF_TOMORROW', 'S', 'processing'],
    [undefined, 'S', 'processing'],
  ])('with refundStatus %s and a result of %s means: %s', (refundStatus, resultStatus, kind) => {
    expect(read({ ...refund, refundStatus, result: { ...result, resultStatus } })).toMatchObject({
      kind: 'refund',
      news: { kind },
    });
  });

  it.each(['refundRequestId', 'refundId', 'refundAmount', 'result'])(
    'without %s is Antom’s and unreadable',
    (field) => {
      expect(read({ ...refund, [field]: undefined })).toMatchObject({
        kind: 'unreadable',
        verdict: { kind: 'valid' },
        detail: expect.stringContaining(field),
      });
    },
  );
});

describe('a notification of a capture', () => {
  const capture = {
    notifyType: 'CAPTURE_RESULT',
    result,
    captureRequestId: 'C-1',
    captureId: 'C-at-Antom',
    paymentId: '2026010119',
    captureAmount: amount,
    captureTime: '2026-01-01T08:00:09+08:00',
  };

  it('tells what was captured', () => {
    expect(read(capture)).toMatchObject({
      kind: 'capture',
      news: {
        kind: 'succeeded',
        captureRequestId: 'C-1',
        captureId: 'C-at-Antom',
        paymentId: '2026010119',
        amount,
        capturedAt: new Date('2026-01-01T00:00:09Z'),
      },
    });
  });

  it.each([
    ['F', 'failed'],
    ['U', 'pending'],
    ['A', 'pending'],
  ])('with %s means: %s', (resultStatus, kind) => {
    expect(read({ ...capture, result: { ...result, resultStatus } })).toMatchObject({ news: { kind } });
  });
});

describe('a notification of a changed amount', () => {
  it('is no news of the attempt', () => {
    const changed = {
      notifyType: 'UPDATE_AMOUNT_RESULT',
      result,
      paymentRequestId: 'PAY_1',
      paymentId: '2026010119',
      paymentAmount: amount,
      updateRequestId: 'U-1',
    };
    expect(read(changed)).toMatchObject({
      kind: 'amount',
      notifyType: 'UPDATE_AMOUNT_RESULT',
      news: { kind: 'succeeded', paymentRequestId: 'PAY_1', amount, updateRequestId: 'U-1' },
    });
  });
});

describe('a notification of a dispute', () => {
  const dispute = {
    disputeNotificationType: 'DISPUTE_CREATED',
    disputeId: 'D-1',
    paymentRequestId: 'PAY_1',
    paymentId: '2026010119',
    disputeAmount: amount,
    defenseDueTime: '2026-02-01T08:00:00+08:00',
    disputeReasonCode: '4853',
    disputeType: 'CHARGEBACK',
  };

  it('is known without a notifyType', () => {
    expect(read(dispute)).toMatchObject({
      kind: 'dispute',
      notifyType: 'DISPUTE_CREATED',
      news: {
        kind: 'created',
        disputeId: 'D-1',
        paymentRequestId: 'PAY_1',
        paymentId: '2026010119',
        amount,
        defenceDueAt: new Date('2026-02-01T00:00:00Z'),
        reasonCode: '4853',
        disputeType: 'CHARGEBACK',
      },
    });
  });

  it.each([
    ['DISPUTE_JUDGED', 'judged'],
    ['DISPUTE_CANCELLED', 'cancelled'],
    ['DEFENSE_SUPPLIED', 'defence supplied'],
    ['DEFENSE_DUE_ALERT', 'defence due'],
    ['DISPUTE_ACCEPTED', 'accepted'],
    ['RDR_RESOLVED', 'resolved before a dispute'],
    ['A_TYPE_OF_TOMORROW', 'other'],
  ])('%s means: %s', (said, kind) => {
    expect(read({ ...dispute, notifyType: 'DISPUTE', disputeNotificationType: said })).toMatchObject({
      kind: 'dispute',
      news: { kind, said },
    });
  });

  it.each([
    ['ACCEPT_BY_CUSTOMER', 'merchant'],
    ['ACCEPT_BY_MERCHANT', 'shopper'],
    ['VALIDATE_SUCCESS', 'other'],
  ])('judged %s went to the %s', (disputeJudgedResult, judgement) => {
    expect(read({ ...dispute, disputeNotificationType: 'DISPUTE_JUDGED', disputeJudgedResult })).toMatchObject({
      news: { judgement },
    });
  });

  it('without a payment is Antom’s and unreadable', () => {
    expect(read({ ...dispute, paymentId: undefined })).toMatchObject({ kind: 'unreadable' });
  });
});
