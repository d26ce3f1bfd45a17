import { ask, aSimulator, at, call, cappuccino, stopSimulators } from './fixtures/merchant.specs.js';
import { type Simulator, VirtualTime } from './index.js';

const id = 'PAY_20230803165257496';
const hour = 3_600_000;
let time: VirtualTime;
let antom: Simulator;

beforeEach(async () => {
  time = new VirtualTime(new Date('2026-01-01T00:00:00Z'));
  antom = await aSimulator({ clock: time, timer: time });
});
afterEach(stopSimulators);

const cancel = (body: object = { paymentRequestId: id }) => ask(antom, 'cancel', body);
const codeOf = async (body?: object) => (await cancel(body)).result?.resultCode;

describe('a cancel', () => {
  it('closes a payment that the buyer has begun, for good and without a notification', async () => {
    await call(antom, cappuccino());
    const { paymentId } = antom.submit(id);
    expect(await cancel()).toEqual({
      result: { resultStatus: 'S', resultCode: 'SUCCESS', resultMessage: 'success.' },
      paymentId,
      paymentRequestId: id,
      cancelTime: '2026-01-01T08:00:00+08:00',
    });
    expect(() => antom.pay(id)).toThrow('cancelled');
    expect(antom.notifications()).toEqual([]);
    expect(await ask(antom, 'inquiryPayment', { paymentId })).toMatchObject({
      paymentStatus: 'CANCELLED',
      transactions: [{ transactionType: 'CANCEL', transactionStatus: 'SUCCESS' }],
    });
  });

  it('says the same again, also when it is named by the paymentId', async () => {
    await call(antom, cappuccino());
    const { paymentId } = antom.submit(id);
    const first = await cancel();
    time.advance(hour);
    expect(await cancel({ paymentId, paymentRequestId: 'other' })).toEqual(first);
  });

  it('ends the tries of a buyer who was refused', async () => {
    await call(antom, cappuccino());
    antom.refuse(id);
    expect(await codeOf()).toBe('SUCCESS');
    expect(() => antom.pay(id)).toThrow('cancelled');
  });

  it('finds no order before the buyer has chosen a way to pay, and closes nothing', async () => {
    await call(antom, cappuccino());
    expect(await codeOf()).toBe('ORDER_NOT_EXIST');
    expect(antom.pay(id)).toMatchObject({ kind: 'charge' });
  });

  it('comes too late for a Thai payment that is paid', async () => {
    await call(antom, cappuccino());
    antom.pay(id);
    expect(await codeOf()).toBe('CANCEL_WINDOW_EXCEED');
    expect(antom.ledger()).toHaveLength(1);
  });

  it('is not to be had from an Indonesian bank', async () => {
    await call(antom, at('BNI', 'IDR', '1500000'));
    antom.submit(id);
    expect(await codeOf()).toBe('PROCESS_FAIL');
    expect(antom.pay(id)).toMatchObject({ amount: { value: '1500000', currency: 'IDR' } });
  });

  it('has nothing to do where the time is up', async () => {
    await call(antom, cappuccino());
    antom.submit(id);
    time.advance(hour);
    expect(await codeOf()).toBe('ORDER_STATUS_INVALID');
  });

  it('of a paid payment gives the money back until a quarter past midnight of the next day, where the bank can', async () => {
    await call(antom, at('FPX', 'MYR', '2500'));
    await call(antom, at('FPX', 'MYR', '2500', { paymentRequestId: 'late' }));
    antom.pay(id);
    antom.pay('late');
    time.advance(16 * hour + 0.25 * hour - 1);
    expect(await codeOf()).toBe('SUCCESS');
    time.advance(1);
    expect(await codeOf({ paymentRequestId: 'late' })).toBe('CANCEL_WINDOW_EXCEED');
    expect(antom.ledger().map(({ kind, paymentRequestId }) => [kind, paymentRequestId])).toEqual([
      ['charge', id],
      ['charge', 'late'],
      ['refund', id],
    ]);
  });

  it('of a refunded payment fails', async () => {
    await call(antom, at('BPI', 'PHP', '2500'));
    const { paymentId } = antom.pay(id);
    const refundAmount = { value: '100', currency: 'PHP' };
    await ask(antom, 'refund', { refundRequestId: 'R1', paymentId, refundAmount });
    expect(await codeOf()).toBe('PROCESS_FAIL');
  });

  it('has to name a payment', async () => {
    expect(await codeOf({})).toBe('PARAM_ILLEGAL');
  });
});
