import { signed, undeciding } from '../fixtures/answers.specs.js';
import { readRefundAnswer } from './answer.js';

const asked = { refundRequestId: 'R-1' };
const taken = {
  refundRequestId: 'R-1',
  refundId: 'R-at-Antom',
  paymentId: '2026010119',
  refundAmount: { value: '16000', currency: 'THB' },
  refundTime: '2026-01-02T08:00:00+08:00',
};

describe('an answer to the wish to refund', () => {
  it('tells that Antom has taken it', () => {
    expect(readRefundAnswer(signed('S', 'SUCCESS', taken), asked)).toEqual({
      kind: 'accepted',
      refundId: 'R-at-Antom',
      paymentId: '2026010119',
      amount: { value: '16000', currency: 'THB' },
      refundedAt: new Date('2026-01-02T00:00:00Z'),
    });
  });

  it.each([
    ['another refund', { ...taken, refundRequestId: 'R-2' }, 'about another'],
    ['no refund of ours', { ...taken, refundRequestId: undefined }, 'unreadable'],
    ['no id of its own', { ...taken, refundId: undefined }, 'unreadable'],
    ['no amount', { ...taken, refundAmount: undefined }, 'unreadable'],
  ])('is not believed when it names %s', (_, body, reason) => {
    expect(readRefundAnswer(signed('S', 'SUCCESS', body), asked)).toMatchObject({
      kind: 'unknown',
      reason,
      alarm: true,
    });
  });

  it.each([
    ['REFUND_AMOUNT_EXCEED', 'ask a person'],
    ['REFUND_WINDOW_EXCEED', 'ask a person'],
    ['PROCESS_FAIL', 'ask a person'],
    ['ORDER_STATUS_INVALID', 'inquire'],
    ['ORDER_NOT_EXIST', 'our bug'],
    ['REPEAT_REQ_INCONSISTENT', 'our bug'],
    ['CURRENCY_NOT_SUPPORT', 'our bug'],
    ['ACCESS_DENIED', 'configuration alarm'],
    ['A_CODE_OF_TOMORROW', 'ask a person'],
  ])('refuses with F %s: %s', (code, reaction) => {
    expect(readRefundAnswer(signed('F', code), asked)).toEqual({
      kind: 'refused',
      code,
      message: 'said Antom',
      reaction,
    });
  });

  it.each(undeciding)('leaves it open when %s', (_, answer, expected) => {
    expect(readRefundAnswer(answer, asked)).toMatchObject({ kind: 'unknown', ...expected });
  });
});
