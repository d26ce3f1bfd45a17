import { ask, aSimulator, at, call, cappuccino, stopSimulators } from './fixtures/merchant.specs.js';
import { aReceiver, stopReceivers } from './fixtures/receiver.specs.js';
import { type Simulator, VirtualTime } from './index.js';

const id = 'PAY_20230803165257496';
const minute = 60_000;
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

const inquire = (body: object = { paymentRequestId: id }) => ask(antom, 'inquiryPayment', body);

describe('an inquiry', () => {
  it('finds no order before the buyer has chosen a way to pay', async () => {
    expect((await inquire()).result).toMatchObject({ resultStatus: 'F', resultCode: 'ORDER_NOT_EXIST' });
    await call(antom, cappuccino());
    expect(await inquire()).toEqual({
      result: { resultStatus: 'F', resultCode: 'ORDER_NOT_EXIST', resultMessage: 'The order does not exist.' },
    });
  });

  it('says that it could ask, and apart from that how the payment stands', async () => {
    await call(antom, cappuccino({ metadata: '{"table":"7"}' }));
    const { paymentId } = antom.submit(id, 'ONLINEBANKING_SIAMCOMMERCIALBANK');
    expect(await inquire()).toEqual({
      result: { resultStatus: 'S', resultCode: 'SUCCESS', resultMessage: 'success.' },
      paymentStatus: 'PROCESSING',
      paymentResultCode: 'PAYMENT_IN_PROCESS',
      paymentResultMessage: 'PAYMENT_IN_PROCESS',
      paymentRequestId: id,
      paymentId,
      paymentAmount: { currency: 'THB', value: '160' },
      paymentCreateTime: '2026-01-01T08:00:00+08:00',
      paymentMethodType: 'ONLINEBANKING_SIAMCOMMERCIALBANK',
      metadata: '{"table":"7"}',
    });
    time.advance(minute);
    antom.pay(id);
    expect(await inquire()).toMatchObject({
      paymentStatus: 'SUCCESS',
      paymentResultCode: 'SUCCESS',
      paymentCreateTime: '2026-01-01T08:00:00+08:00',
      paymentTime: '2026-01-01T08:01:00+08:00',
    });
  });

  it('tells of a refused try, and of the next one', async () => {
    await call(antom, cappuccino());
    antom.refuse(id, 'RISK_REJECT');
    expect(await inquire()).toMatchObject({ paymentStatus: 'FAIL', paymentResultCode: 'RISK_REJECT' });
    antom.submit(id);
    expect(await inquire()).toMatchObject({ paymentStatus: 'PROCESSING' });
  });

  it('goes by the paymentId where it has both ids', async () => {
    await call(antom, cappuccino());
    await call(antom, cappuccino({ paymentRequestId: 'other' }));
    const { paymentId } = antom.pay('other');
    expect(await inquire({ paymentRequestId: id, paymentId })).toMatchObject({ paymentRequestId: 'other' });
    antom.pay(id);
    expect((await inquire({ paymentRequestId: id, paymentId: '404' })).result?.resultCode).toBe('ORDER_NOT_EXIST');
  });

  it.each([[{}], [{ paymentRequestId: '' }], [{ paymentRequestId: 'x'.repeat(65) }]])(
    'has to name a payment, unlike %j',
    async (body) => {
      expect((await inquire(body)).result).toMatchObject({ resultStatus: 'F', resultCode: 'PARAM_ILLEGAL' });
    },
  );
});

describe('a payment that nobody pays', () => {
  it.each([
    ['14 minutes at an app', 'BANKAPP_SIAMCOMMERCIALBANK', 14 * minute],
    ['14 minutes in online banking', 'ONLINEBANKING_SIAMCOMMERCIALBANK', 14 * minute],
    ['48 hours by transfer', 'BANKTRANSFER_SIAMCOMMERCIALBANK', 48 * 60 * minute],
  ])('fails after %s, and the merchant is told', async (_, method, ms) => {
    const webhook = await aReceiver();
    await call(antom, cappuccino({ paymentNotifyUrl: webhook.url }));
    antom.submit(id, method);
    time.advance(ms - 1);
    expect(await inquire()).toMatchObject({ paymentStatus: 'PROCESSING' });
    time.advance(1);
    expect(JSON.parse((await webhook.delivery(1)).body)).toMatchObject({
      notifyType: 'PAYMENT_RESULT',
      result: { resultStatus: 'F', resultCode: 'ORDER_IS_CLOSED' },
      paymentRequestId: id,
    });
    expect(await inquire()).toMatchObject({ paymentStatus: 'FAIL', paymentResultCode: 'ORDER_IS_CLOSED' });
    expect(() => antom.pay(id)).toThrow('timed out');
  });

  it('can still be paid after its session has ended, until its own time is up', async () => {
    await call(antom, cappuccino());
    antom.submit(id, 'BANKTRANSFER_SIAMCOMMERCIALBANK');
    time.advance(47 * 60 * minute);
    expect(antom.pay(id)).toMatchObject({ kind: 'charge', at: '2026-01-02T23:00:00.000Z' });
  });

  it('has its time anew with each try', async () => {
    await call(antom, cappuccino());
    antom.submit(id);
    time.advance(10 * minute);
    antom.refuse(id);
    antom.submit(id);
    time.advance(10 * minute);
    expect(await inquire()).toMatchObject({ paymentStatus: 'PROCESSING' });
    time.advance(4 * minute);
    expect(await inquire()).toMatchObject({ paymentStatus: 'FAIL' });
  });

  it('never was, where the buyer chose nothing before the session ended', async () => {
    await call(antom, cappuccino());
    time.advance(60 * minute);
    expect(antom.notifications()).toEqual([]);
    expect((await inquire()).result?.resultCode).toBe('ORDER_NOT_EXIST');
    expect(() => antom.submit(id)).toThrow('expired');
  });

  it('is not offered a method that does not take its amount', async () => {
    await call(antom, at('BNI', 'IDR', '900000'));
    expect(() => antom.submit(id, 'BANKTRANSFER_BNI')).toThrow('EXCEED_CHANNEL_LIMIT_RULE');
  });
});
