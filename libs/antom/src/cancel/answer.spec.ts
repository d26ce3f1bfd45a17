import { signed, undeciding } from '../fixtures/answers.specs.js';
import { readCancelAnswer } from './answer.js';

const asked = { paymentRequestId: 'PAY_1' };
const cancelled = { paymentRequestId: 'PAY_1', paymentId: '2026010119', cancelTime: '2026-01-01T08:00:00+08:00' };

describe('an answer to the wish to cancel', () => {
  it('tells that the payment is cancelled', () => {
    expect(readCancelAnswer(signed('S', 'SUCCESS', cancelled), asked)).toEqual({
      kind: 'cancelled',
      paymentRequestId: 'PAY_1',
      paymentId: '2026010119',
      cancelledAt: new Date('2026-01-01T00:00:00Z'),
    });
  });

  it.each([
    ['another payment', { ...cancelled, paymentRequestId: 'PAY_2' }, 'about another'],
    ['no payment', {}, 'unreadable'],
  ])('is not believed when it names %s', (_, body, reason) => {
    expect(readCancelAnswer(signed('S', 'SUCCESS', body), asked)).toMatchObject({
      kind: 'unknown',
      reason,
      alarm: true,
    });
  });

  it.each([
    ['ORDER_NOT_EXIST', 'no such payment', 'inquire'],
    ['ORDER_STATUS_INVALID', 'wrong status', 'inquire'],
    ['CANCEL_WINDOW_EXCEED', 'window over', 'inquire'],
    ['PROCESS_FAIL', 'not possible', 'ask a person'],
    ['ACCESS_DENIED', 'other', 'configuration alarm'],
    ['REPEAT_REQ_INCONSISTENT', 'other', 'our bug'],
    ['A_CODE_OF_TOMORROW', 'other', 'inquire'],
  ])('refuses with F %s: %s', (code, why, reaction) => {
    expect(readCancelAnswer(signed('F', code), asked)).toEqual({
      kind: 'refused',
      why,
      code,
      message: 'said Antom',
      reaction,
    });
  });

  it.each(undeciding)('leaves it open when %s', (_, answer, expected) => {
    expect(readCancelAnswer(answer, asked)).toMatchObject({ kind: 'unknown', ...expected });
  });

  it('is asked for again with the same bytes when it stays away', () => {
    expect(readCancelAnswer({ kind: 'unknown', reason: 'time-out', detail: '' }, asked)).toMatchObject({
      reaction: 'retry same id',
    });
  });
});
