import { ask, aSimulator, at, call, cappuccino, stopSimulators } from './fixtures/merchant.specs.js';
import { aReceiver, stopReceivers } from './fixtures/receiver.specs.js';
import { type Simulator, VirtualTime } from './index.js';

const id = 'PAY_20230803165257496';
let time: VirtualTime;
let antom: Simulator;

beforeEach(async () => {
  time = new VirtualTime(new Date('2026-01-01T00:00:00Z'));
  antom = await aSimulator({ clock: time, timer: time });
});
afterEach(async () => {
  await stopSimulators();
  await stopReceivers();
});

const pesos = (value: string) => ({ value, currency: 'PHP' });
const paid = async (bank = 'BPI', currency = 'PHP') => {
  await call(antom, at(bank, currency, '2500'));
  return antom.pay(id).paymentId;
};
const refund = (paymentId: string, changes: object = {}) =>
  ask(antom, 'refund', { refundRequestId: 'R1', paymentId, refundAmount: pesos('1000'), ...changes });
const codeOf = async (answer: Promise<{ result?: { resultCode: string } }>) => (await answer).result?.resultCode;

describe('a refund', () => {
  it('gives money back, and the ledger has it', async () => {
    const paymentId = await paid();
    expect(await refund(paymentId)).toEqual({
      result: { resultStatus: 'S', resultCode: 'SUCCESS', resultMessage: 'success.' },
      refundId: expect.stringMatching(/^20260101000000\d{15}$/),
      refundRequestId: 'R1',
      paymentId,
      refundAmount: pesos('1000'),
      refundTime: '2026-01-01T08:00:00+08:00',
    });
    expect(antom.ledger().slice(1)).toEqual([
      {
        kind: 'refund',
        refundRequestId: 'R1',
        paymentRequestId: id,
        paymentId,
        referenceOrderId: 'ORDER_20230803165257496',
        amount: pesos('1000'),
        at: '2026-01-01T00:00:00.000Z',
      },
    ]);
  });

  it('happens once under one id, and is refused with another amount under it', async () => {
    const paymentId = await paid();
    const first = await refund(paymentId);
    time.advance(1000);
    expect(await refund(paymentId)).toEqual(first);
    expect(await codeOf(refund(paymentId, { refundAmount: pesos('999') }))).toBe('REPEAT_REQ_INCONSISTENT');
    expect(antom.refunds()).toHaveLength(1);
  });

  it('is counted by payment, where one attempt was charged twice', async () => {
    antom.rule({ scenario: 'charged_twice' });
    await paid();
    await antom.idle();
    const [first, second] = antom.ledger().map(({ paymentId }) => paymentId);
    expect(first).not.toBe(second);
    expect(await codeOf(refund(first!, { refundAmount: pesos('2500') }))).toBe('SUCCESS');
    expect(await codeOf(refund(second!, { refundRequestId: 'R2', refundAmount: pesos('2500') }))).toBe('SUCCESS');
    expect(await codeOf(refund(second!, { refundRequestId: 'R3', refundAmount: pesos('1') }))).toBe(
      'REFUND_AMOUNT_EXCEED',
    );
  });

  it('may come in parts, which never exceed the payment', async () => {
    const paymentId = await paid();
    expect(await codeOf(refund(paymentId))).toBe('SUCCESS');
    expect(await codeOf(refund(paymentId, { refundRequestId: 'R2', refundAmount: pesos('1501') }))).toBe(
      'REFUND_AMOUNT_EXCEED',
    );
    expect(await codeOf(refund(paymentId, { refundRequestId: 'R3', refundAmount: pesos('1500') }))).toBe('SUCCESS');
    expect(await ask(antom, 'inquiryPayment', { paymentId })).toMatchObject({
      paymentStatus: 'SUCCESS',
      transactions: [
        { transactionType: 'REFUND', transactionRequestId: 'R1', transactionStatus: 'SUCCESS' },
        { transactionType: 'REFUND', transactionRequestId: 'R3', transactionStatus: 'SUCCESS' },
      ],
    });
  });

  it('takes its time at some banks, and is told of by inquiry and notification', async () => {
    const webhook = await aReceiver();
    const paymentId = await paid('FPX', 'MYR');
    const wish = { refundAmount: { value: '1000', currency: 'MYR' }, refundNotifyUrl: webhook.url };
    const asked = () => ask(antom, 'inquiryRefund', { refundRequestId: 'R1' });
    expect((await refund(paymentId, wish)).result).toMatchObject({
      resultStatus: 'U',
      resultCode: 'REFUND_IN_PROCESS',
    });
    expect(await asked()).toMatchObject({ refundStatus: 'PROCESSING' });
    time.advance(3000);
    expect(await asked()).toMatchObject({ refundStatus: 'SUCCESS', refundTime: '2026-01-01T08:00:03+08:00' });
    expect((await refund(paymentId, wish)).result?.resultStatus).toBe('S');
    const { refundId } = antom.refunds()[0]!;
    expect(JSON.parse((await webhook.delivery(1)).body)).toEqual({
      notifyType: 'REFUND_RESULT',
      result: { resultStatus: 'S', resultCode: 'SUCCESS', resultMessage: 'success' },
      refundStatus: 'SUCCESS',
      refundRequestId: 'R1',
      refundId,
      refundAmount: { value: '1000', currency: 'MYR' },
      refundTime: '2026-01-01T08:00:03+08:00',
    });
  });

  it('is told to the address of the dashboard where the request names none', async () => {
    const webhook = await aReceiver();
    antom = await aSimulator({ clock: time, timer: time, refundNotifyUrl: webhook.url });
    await refund(await paid());
    expect((await webhook.delivery(1)).body).toContain('"REFUND_RESULT"');
  });

  it('is not to be had from Thai and Indonesian banks, however often it is asked for', async () => {
    await call(antom, cappuccino());
    await call(antom, at('BNI', 'IDR', '1500000', { paymentRequestId: 'jakarta' }));
    const thai = antom.pay(id).paymentId;
    const wish = { refundAmount: { value: '160', currency: 'THB' } };
    expect(await codeOf(refund(thai, wish))).toBe('PROCESS_FAIL');
    expect(await codeOf(refund(thai, wish))).toBe('PROCESS_FAIL');
    const rupiah = { refundRequestId: 'R2', refundAmount: { value: '1500000', currency: 'IDR' } };
    expect(await codeOf(refund(antom.pay('jakarta').paymentId, rupiah))).toBe('PROCESS_FAIL');
    expect(antom.ledger().map(({ kind }) => kind)).toEqual(['charge', 'charge']);
    expect((await ask(antom, 'inquiryRefund', { refundRequestId: 'R1' })).result?.resultCode).toBe('ORDER_NOT_EXIST');
  });

  it.each([
    ['PARAM_ILLEGAL', { refundAmount: pesos('0') }],
    ['PARAM_ILLEGAL', { refundNotifyUrl: 'here' }],
    ['ORDER_NOT_EXIST', { paymentId: '404' }],
    ['CURRENCY_NOT_SUPPORT', { refundAmount: { value: '1000', currency: 'USD' } }],
  ])('is refused with %s for %j', async (code, changes) => {
    expect(await codeOf(refund(await paid(), changes))).toBe(code);
  });

  it('is refused where nothing is paid, and when it is too late', async () => {
    await call(antom, at('BPI', 'PHP', '2500'));
    const { paymentId } = antom.submit(id);
    expect(await codeOf(refund(paymentId!))).toBe('ORDER_STATUS_INVALID');
    antom.pay(id);
    time.advance(181 * 86_400_000);
    expect(await codeOf(refund(paymentId!, { refundRequestId: 'R2' }))).toBe('REFUND_WINDOW_EXCEED');
  });
});

describe('an inquiry of a refund', () => {
  it('goes by the refundId where it has both ids', async () => {
    const paymentId = await paid();
    const { refundId } = await refund(paymentId);
    await refund(paymentId, { refundRequestId: 'R2' });
    const asked = { refundId, refundRequestId: 'R2' };
    expect(await ask(antom, 'inquiryRefund', asked)).toMatchObject({ refundRequestId: 'R1', refundStatus: 'SUCCESS' });
  });

  it('has to name one', async () => {
    expect(await codeOf(ask(antom, 'inquiryRefund', {}))).toBe('PARAM_ILLEGAL');
    expect(await codeOf(ask(antom, 'inquiryRefund', { refundRequestId: 'R404' }))).toBe('ORDER_NOT_EXIST');
  });
});
