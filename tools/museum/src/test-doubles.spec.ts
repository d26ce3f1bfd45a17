import {
  buildInquiryPayment,
  buildRefund,
  readPaymentInquiry,
  readRefundAnswer,
  readSessionAnswer,
} from '@kasir/antom';
import { scenarios } from '@kasir/antom-sim';
import { type Double, openDouble } from './double.specs.js';

let double: Double;
beforeAll(async () => {
  double = await openDouble();
});
afterAll(() => double.stop());

const inquire = async (paymentRequestId: string) =>
  readPaymentInquiry(await double.client.send(buildInquiryPayment({ paymentRequestId })), { paymentRequestId });

describe('K. Test doubles', () => {
  it('K1 stripe/stripe-mock#19: what was created a moment ago is not there', async () => {
    await double.client.send(double.wish('K1'));
    const { paymentId } = double.antom.pay('K1');
    expect(await inquire('K1')).toMatchObject({
      ...{ kind: 'answered', status: 'succeeded', paymentId },
      amount: { value: '16000', currency: 'THB' },
    });
  });

  it('K2 stripe/stripe-mock#369: nobody ever sends a webhook', async () => {
    await double.client.send(double.wish('K2'));
    const { paymentId } = double.antom.pay('K2');
    await double.antom.idle();
    expect(double.told).toContainEqual(
      expect.objectContaining({
        kind: 'attempt',
        news: expect.objectContaining({ kind: 'succeeded', paymentRequestId: 'K2', paymentId }) as object,
      }),
    );
  });

  it('K3 stripe/stripe-mock#262: it stumbles under load', async () => {
    const ids = Array.from({ length: 500 }, (_, index) => `K3-${index}`);
    const answers = await Promise.all(ids.map((id) => double.client.send(double.wish(id))));
    expect(answers.filter((answer) => readSessionAnswer(answer).kind !== 'created')).toEqual([]);
    const opened = double.antom.sessions().filter(({ paymentRequestId }) => paymentRequestId.startsWith('K3-'));
    expect(opened).toHaveLength(ids.length);
  });

  it('K4 stripe/stripe-mock#116: it cannot be made to fail', async () => {
    expect(Object.keys(scenarios).length).toBeGreaterThanOrEqual(25);
    double.antom.rule({ scenario: 'fail', match: 'K4', code: 'RISK_REJECT' });
    double.antom.rule({ scenario: 'call_U', match: 'K4', call: 'createPaymentSession' });
    expect(readSessionAnswer(await double.client.send(double.wish('K4')))).toMatchObject({ kind: 'unknown' });
    expect(readSessionAnswer(await double.client.send(double.wish('K4')))).toMatchObject({ kind: 'created' });
    expect(() => double.antom.pay('K4')).toThrow('refused');
    expect(await inquire('K4')).toMatchObject({ status: 'failed', code: 'RISK_REJECT' });
  });

  it('K5 after stripe/stripe-mock#19: the same request twice makes two things, or another one is taken for it', async () => {
    const first = await double.client.send(double.wish('K5'));
    const again = await double.client.send(double.wish('K5'));
    const [one, two] = [readSessionAnswer(first), readSessionAnswer(again)];
    expect(one).toMatchObject({ kind: 'created' });
    expect(two).toEqual(one);
    const other = double.wish('K5', { amount: { value: '17000', currency: 'THB' } });
    expect(readSessionAnswer(await double.client.send(other))).toMatchObject({
      ...{ kind: 'refused', code: 'REPEAT_REQ_INCONSISTENT' },
    });
  });

  it('K6 pushplay/stripe-stateful-mock#10: its webhooks come when they like, and never when a test needs them', async () => {
    const told = () => double.told.filter((each) => each.kind === 'attempt' && each.news.paymentRequestId === 'K6');
    await double.client.send(double.wish('K6'));
    double.antom.hold('K6');
    double.antom.rule({ scenario: 'duplicate_notify', match: 'K6', copies: 2 });
    double.antom.pay('K6');
    await double.antom.idle();
    expect(told()).toEqual([]);
    expect(double.antom.release()).toBeGreaterThan(0);
    await double.antom.idle();
    expect(told()).toHaveLength(3);
  });

  it('K7 after juspay/hyperswitch#726: refunds of the dummy have nothing to do with its payments', async () => {
    const peso = (value: string) => ({ value, currency: 'PHP' });
    await double.client.send(double.wish('K7', { amount: peso('10000'), bankName: 'BPI' }));
    const { paymentId } = double.antom.pay('K7');
    const refund = async (refundRequestId: string, value: string) => {
      const asked = buildRefund({ refundRequestId, paymentId, amount: peso(value) });
      return readRefundAnswer(await double.client.send(asked), { refundRequestId });
    };
    expect(await refund('rf_1', '7000')).toMatchObject({ kind: 'accepted' });
    expect(await refund('rf_2', '7000')).toMatchObject({ kind: 'refused', code: 'REFUND_AMOUNT_EXCEED' });
    expect(await refund('rf_1', '7000')).toMatchObject({ kind: 'accepted' });
    const moved = double.antom.ledger().filter(({ paymentRequestId }) => paymentRequestId === 'K7');
    expect(moved.map(({ kind, amount }) => [kind, amount.value])).toEqual([
      ['charge', '10000'],
      ['refund', '7000'],
    ]);
  });
});
