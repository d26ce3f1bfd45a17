import { signed, undeciding } from '../fixtures/answers.specs.js';
import { readRefundInquiry } from './answer.js';

const asked = { refundRequestId: 'R-1' };
const refunded = {
  refundStatus: 'SUCCESS',
  refundRequestId: 'R-1',
  refundId: 'R-at-Antom',
  refundAmount: { value: '16000', currency: 'THB' },
  refundTime: '2026-01-02T08:00:00+08:00',
  arn: '7450',
};
const read = (changes: object = {}) => readRefundInquiry(signed('S', 'SUCCESS', { ...refunded, ...changes }), asked);

describe('an answer about a refund', () => {
  it('tells that Antom gave the money back', () => {
    expect(read()).toEqual({
      kind: 'answered',
      status: 'succeeded',
      refundRequestId: 'R-1',
      refundId: 'R-at-Antom',
      amount: { value: '16000', currency: 'THB' },
      refundedAt: new Date('2026-01-02T00:00:00Z'),
      arn: '7450',
    });
  });

  it.each([
    ['PROCESSING', 'processing'],
    ['FAIL', 'failed'],
  ])('reads refundStatus %s beside a result of S as %s', (refundStatus, status) => {
    expect(read({ refundStatus, refundTime: undefined })).toMatchObject({ kind: 'answered', status });
  });

  it.each([
    ['with a status of tomorrow', { refundStatus: 'RETURNED' }, 'unreadable'],
    ['without a status', { refundStatus: undefined }, 'unreadable'],
    ['without the id that we asked for', { refundRequestId: undefined }, 'unreadable'],
    ['about another refund', { refundRequestId: 'R-2' }, 'about another'],
  ])('decides nothing %s, and raises the alarm', (_, changes, reason) => {
    expect(read(changes)).toMatchObject({ kind: 'unknown', reason, alarm: true });
  });

  it('says that there is no refund', () => {
    expect(readRefundInquiry(signed('F', 'ORDER_NOT_EXIST'), asked)).toMatchObject({
      kind: 'not-found',
      code: 'ORDER_NOT_EXIST',
    });
  });

  it.each(undeciding)('decides nothing when %s', (_, answer, expected) => {
    expect(readRefundInquiry(answer, asked)).toMatchObject({ kind: 'unknown', ...expected });
  });
});
