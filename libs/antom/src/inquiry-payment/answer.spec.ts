import { signed, undeciding } from '../fixtures/answers.specs.js';
import { readPaymentInquiry } from './answer.js';

const asked = { paymentRequestId: 'PAY_1' };
const paid = {
  paymentStatus: 'SUCCESS',
  paymentResultCode: 'SUCCESS',
  paymentResultMessage: 'success.',
  paymentRequestId: 'PAY_1',
  paymentId: '2026010119',
  paymentAmount: { value: '16000', currency: 'THB' },
  paymentCreateTime: '2026-01-01T08:00:00+08:00',
  paymentTime: '2026-01-01T08:00:09+08:00',
  paymentMethodType: 'BANKAPP_BANGKOKBANK',
};
const read = (changes: object = {}, about: Parameters<typeof readPaymentInquiry>[1] = asked) =>
  readPaymentInquiry(signed('S', 'SUCCESS', { ...paid, ...changes }), about);

describe('an answer about a payment', () => {
  it('tells that it was paid', () => {
    expect(read()).toEqual({
      kind: 'answered',
      status: 'succeeded',
      paymentRequestId: 'PAY_1',
      paymentId: '2026010119',
      amount: { value: '16000', currency: 'THB' },
      code: 'SUCCESS',
      message: 'success.',
      method: 'BANKAPP_BANGKOKBANK',
      createdAt: new Date('2026-01-01T00:00:00Z'),
      paidAt: new Date('2026-01-01T00:00:09Z'),
      transactions: [],
    });
  });

  it.each([
    ['FAIL', 'failed'],
    ['PROCESSING', 'processing'],
    ['PENDING', 'pending'],
    ['CANCELLED', 'cancelled'],
  ])('reads paymentStatus %s beside a result of S as %s', (paymentStatus, status) => {
    expect(read({ paymentStatus, paymentTime: undefined })).toMatchObject({ kind: 'answered', status });
  });

  it('tells why it failed, and needs no more than its status for that', () => {
    const failed = signed('S', 'SUCCESS', {
      paymentStatus: 'FAIL',
      paymentRequestId: 'PAY_1',
      paymentResultCode: 'USER_BALANCE_NOT_ENOUGH',
    });
    expect(readPaymentInquiry(failed, asked)).toEqual({
      kind: 'answered',
      status: 'failed',
      paymentRequestId: 'PAY_1',
      code: 'USER_BALANCE_NOT_ENOUGH',
      message: '',
      transactions: [],
    });
  });

  it.each([
    ['without its id at Antom', { paymentId: undefined }],
    ['without an amount', { paymentAmount: undefined }],
    ['with an amount that is a number', { paymentAmount: { value: 16000, currency: 'THB' } }],
    ['with a decimal amount', { paymentAmount: { value: '160.00', currency: 'THB' } }],
    ['with a status of tomorrow', { paymentStatus: 'SETTLED' }],
    ['with a status like a member of every object', { paymentStatus: 'constructor' }],
    ['with a status that is no text', { paymentStatus: true }],
    ['without a status', { paymentStatus: undefined }],
    ['without the id that we asked for', { paymentRequestId: undefined }],
  ])('decides nothing %s, and raises the alarm', (_, changes) => {
    expect(read(changes)).toMatchObject({ kind: 'unknown', reason: 'unreadable', alarm: true });
  });

  it('about another payment decides nothing about ours', () => {
    expect(read({ paymentRequestId: 'PAY_2' })).toMatchObject({
      kind: 'unknown',
      reason: 'about another',
      alarm: true,
    });
    expect(read({}, { paymentId: '2026010120' })).toMatchObject({ kind: 'unknown', reason: 'about another' });
    expect(read({ paymentRequestId: undefined }, { paymentId: '2026010119' })).toMatchObject({ status: 'succeeded' });
  });

  it('says that there is no payment, which is no failure', () => {
    expect(readPaymentInquiry(signed('F', 'ORDER_NOT_EXIST'), asked)).toEqual({
      kind: 'not-found',
      code: 'ORDER_NOT_EXIST',
      message: 'said Antom',
    });
  });

  it.each(undeciding)('decides nothing when %s', (_, answer, expected) => {
    expect(readPaymentInquiry(answer, asked)).toMatchObject({ kind: 'unknown', ...expected });
  });

  it.each([
    ['PROCESS_FAIL', 'ask a person'],
    ['ACCESS_DENIED', 'configuration alarm'],
    ['PARAM_ILLEGAL', 'our bug'],
    ['ORDER_IS_CLOSED', 'ask a person'],
    ['A_CODE_OF_TOMORROW', 'ask a person'],
  ])('is a refused question with F %s: nothing is known of the payment', (code, reaction) => {
    expect(readPaymentInquiry(signed('F', code), asked)).toMatchObject({ kind: 'unknown', alarm: true, reaction });
  });
});

describe('what happened to a payment', () => {
  const refund = {
    transactionType: 'REFUND',
    transactionStatus: 'SUCCESS',
    transactionId: 'R-at-Antom',
    transactionRequestId: 'R-1',
    transactionAmount: { value: '16000', currency: 'THB' },
    transactionTime: '2026-01-02T08:00:00+08:00',
    transactionResult: { resultStatus: 'S', resultCode: 'SUCCESS', resultMessage: 'success' },
  };
  const transactionsOf = (transactions: unknown) => {
    const answer = read({ transactions });
    return answer.kind === 'answered' ? answer.transactions : answer;
  };

  it('tells of its refunds while the payment stays paid', () => {
    expect(transactionsOf([refund])).toEqual([
      {
        kind: 'refund',
        status: 'succeeded',
        id: 'R-at-Antom',
        requestId: 'R-1',
        amount: { value: '16000', currency: 'THB' },
        at: new Date('2026-01-02T00:00:00Z'),
        code: 'SUCCESS',
      },
    ]);
    expect(read({ transactions: [refund] })).toMatchObject({ status: 'succeeded' });
  });

  it.each(['PAYMENT', 'REFUND', 'CAPTURE', 'CANCEL', 'AUTHORIZATION', 'VOID', 'INCREMENTAL'])('may be a %s', (type) => {
    expect(transactionsOf([{ ...refund, transactionType: type }])).toMatchObject([{ kind: type.toLowerCase() }]);
  });

  it('keeps what it cannot read, so that nobody takes it for nothing', () => {
    expect(transactionsOf([refund, { transactionType: 'TOKENIZED' }, null, 'x'])).toMatchObject([
      { kind: 'refund' },
      { kind: 'other', status: 'unknown' },
      { kind: 'other', status: 'unknown' },
      { kind: 'other', status: 'unknown' },
    ]);
    expect(transactionsOf('many')).toEqual([{ kind: 'other', status: 'unknown' }]);
    expect(transactionsOf(null)).toEqual([]);
  });
});
