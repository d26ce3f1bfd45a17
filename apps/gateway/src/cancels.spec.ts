import { orders, payments, paymentSessions, PaymentSessionView, sessionRequests } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import {
  attention,
  cappuccino,
  get,
  type Harness,
  openHarness,
  paid,
  post,
  sayCreated,
  secretKey,
  siamBank,
  success,
} from './harness.specs.js';

describe('a payment session that is given up', () => {
  let harness: Harness;
  let url: string;
  let count = 0;

  beforeAll(async () => {
    harness = await openHarness();
    url = harness.gateway.url;
  });
  afterAll(() => harness.stop());

  const pathOf = (id: string) => `/v1/payment-sessions/${id}`;
  const signed = (orderId: string) => harness.shop.sign(cappuccino(orderId));
  const cancel = (id: string, token: string) => post(url, { token, path: `${pathOf(id)}/cancel`, body: {} });
  const shown = async (orderId: string, id: string) => (await get(url, pathOf(id), await signed(orderId))).body;
  const requests = (orderId: string) =>
    harness.bus.heard(sessionRequests).filter(({ type, key }) => type === 'PaymentCancelRequested' && key === orderId);
  const opened = async (times: { expiresAt?: Date; endsAt?: Date } = {}) => {
    const orderId = `CANCEL_${++count}`;
    const token = await signed(orderId);
    const { body } = await post(url, { token });
    await sayCreated(harness.bus, orderId, body.id, times);
    await eventually(async () => expect((await shown(orderId, body.id))['status']).toBe('created'));
    return { orderId, id: body.id, token };
  };
  const answered = (orderId: string, id: string, answer: 'cancelled' | 'refused' | 'unanswered' | 'impossible') =>
    harness.bus.say(paymentSessions, 'CancelAnswered', {
      ...{ orderId, paymentSessionId: id, answer, cause: 'requested' },
      ...{ code: 'CODE', message: `it is ${answer}` },
    });
  const becomes = (orderId: string, id: string, about: object) =>
    eventually(async () => expect(await shown(orderId, id)).toMatchObject(about));

  it('shows the request at once, and has Antom asked once however often it comes', async () => {
    const { orderId, id, token } = await opened();
    const answers = await Promise.all(Array.from({ length: 5 }, () => cancel(id, token)));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    expect(answers[0]!.headers.get('location')).toBe(pathOf(id));
    expect(PaymentSessionView.parse(answers[0]!.body)).toMatchObject({ id, cancel: { status: 'requested' } });
    await eventually(() => expect(requests(orderId)).toHaveLength(1));
    expect(requests(orderId)[0]!.data).toEqual({ orderId, paymentSessionId: id });
    expect((await harness.rows(`select 1 from event_sequences where key = $1 and last = 2`, [orderId])).length).toBe(1);
  });

  it('is cancelled when Antom said so, and then there is nothing to be opened', async () => {
    const { orderId, id, token } = await opened();
    await cancel(id, token);
    await answered(orderId, id, 'cancelled');
    await becomes(orderId, id, { status: 'created', cancel: { status: 'cancelled', reason: 'it is cancelled' } });
    await harness.bus.say(payments, 'PaymentCancelled', { orderId, paymentSessionId: id });
    await becomes(orderId, id, { status: 'cancelled' });
    expect(await shown(orderId, id)).not.toHaveProperty('sessionData');
    expect((await cancel(id, token)).status).toBe(200);
  });

  it('stays cancelled when money comes afterwards, because Antom gives it back', async () => {
    const { orderId, id } = await opened();
    await harness.bus.say(payments, 'PaymentCancelled', { orderId, paymentSessionId: id });
    await harness.bus.say(payments, 'PaymentNeedsAttention', attention(orderId, id, '160', 'after-cancel'));
    await becomes(orderId, id, { status: 'cancelled' });
    await harness.bus.expectDrained('gateway', [payments]);
    expect((await shown(orderId, id))['status']).toBe('cancelled');
    expect(await harness.rows('select received_value from payments where payment_session_id = $1', [id])).toHaveLength(
      1,
    );
  });

  it('is paid when a person accepts money that came after the cancel', async () => {
    const { orderId, id } = await opened();
    await harness.bus.say(payments, 'PaymentCancelled', { orderId, paymentSessionId: id });
    await becomes(orderId, id, { status: 'cancelled' });
    await harness.bus.say(orders, 'OrderPaid', { ...paid(orderId, id), acceptedBy: 'case-1' });
    await becomes(orderId, id, { status: 'succeeded', paidAt: '2026-11-22T08:00:00.000Z' });
  });

  it.each(['refused', 'unanswered'] as const)('may be given up again after a cancel that was %s', async (answer) => {
    const { orderId, id, token } = await opened();
    await cancel(id, token);
    await answered(orderId, id, answer);
    await becomes(orderId, id, { status: 'created', cancel: { status: answer, reason: `it is ${answer}` } });
    expect((await cancel(id, token)).body['cancel']).toEqual({ status: 'requested' });
    await eventually(() => expect(requests(orderId)).toHaveLength(2));
  });

  it('tells why where the way of paying has no cancel, and asks nobody again', async () => {
    const { orderId, id, token } = await opened();
    await cancel(id, token);
    await answered(orderId, id, 'impossible');
    await becomes(orderId, id, { cancel: { status: 'impossible', reason: 'it is impossible' } });
    expect((await cancel(id, token)).body['cancel']).toMatchObject({ status: 'impossible' });
    await eventually(() => expect(requests(orderId)).toHaveLength(1));
  });

  it('before it began is cancelled without Antom', async () => {
    const orderId = `CANCEL_${++count}`;
    const token = await signed(orderId);
    const { body } = await post(url, { token });
    await cancel(body.id, token);
    const rejection = { stage: 'abandoned', code: 'cancelled', message: 'given up before it began' } as const;
    await harness.bus.say(paymentSessions, 'PaymentSessionRejected', {
      orderId,
      paymentSessionId: body.id,
      ...rejection,
    });
    await becomes(orderId, body.id, { status: 'rejected', cancel: { status: 'cancelled' } });
  });

  it('is refunded, not cancelled, once it is paid', async () => {
    const { orderId, id, token } = await opened();
    await harness.bus.say(payments, 'PaymentSucceeded', success(orderId, id));
    await becomes(orderId, id, { status: 'succeeded' });
    const { status, body } = await cancel(id, token);
    expect([status, body['code']]).toEqual([409, 'payment_succeeded']);
    expect(requests(orderId)).toHaveLength(0);
  });

  it('is the token’s own or anybody’s with a secret key', async () => {
    const { orderId, id } = await opened();
    const foreign = await cancel(id, await signed('SOMEBODY_ELSE'));
    const unknown = await cancel('ps_nobody', await signed('SOMEBODY_ELSE'));
    expect([foreign.status, foreign.text]).toEqual([404, unknown.text]);
    expect(requests(orderId)).toHaveLength(0);
    expect((await cancel(id, secretKey)).status).toBe(202);
    await eventually(() => expect(requests(orderId)).toHaveLength(1));
  });

  describe('or lives beside a new one', () => {
    const refused = async (code: string, living?: string) => {
      const orderId = `CANCEL_${count}`;
      const asked = post(url, { token: await signed(orderId), wait: 30, body: siamBank });
      const id = await eventually(() => {
        const requested = harness.bus
          .heard(sessionRequests)
          .filter(({ key, type }) => key === orderId && type === 'PaymentSessionRequested');
        expect(requested).toHaveLength(living === undefined ? 1 : 2);
        return String(requested.at(-1)!.data['paymentSessionId']);
      });
      await harness.bus.say(paymentSessions, 'PaymentSessionRejected', {
        ...{ orderId, paymentSessionId: id, stage: 'policy', code, message: 'because' },
        ...(living === undefined ? {} : { livingPaymentSessionId: living }),
      });
      return asked;
    };

    it('is handed out instead when the same way of paying is chosen again', async () => {
      const { id } = await opened();
      const { status, headers, body } = await refused('session_lives', id);
      expect(status).toBe(200);
      expect(body).toMatchObject({ id, status: 'created', sessionData: 'opaque' });
      expect(headers.get('content-location')).toBe(pathOf(id));
      expect(headers.get('location')).toBe(pathOf(id));
    });

    it('is named with the time that is left where another way of paying has to wait', async () => {
      const { id } = await opened();
      const { status, headers, body } = await refused('attempt_in_progress', id);
      expect([status, body['code'], body['livingPaymentSessionId']]).toEqual([409, 'attempt_in_progress', id]);
      expect(body['livingPaymentSession']).toMatchObject({ id, sessionData: 'opaque' });
      const seconds = Number(body['remainingSeconds']);
      expect(seconds).toBeGreaterThan(3_500);
      expect(seconds).toBeLessThanOrEqual(3_600);
      expect(headers.get('retry-after')).toBe(String(seconds));
    });

    it('is named with the time until it can bring no more money, when nobody can begin to pay in it any more', async () => {
      const times = { expiresAt: new Date(Date.now() - 1_000), endsAt: new Date(Date.now() + 7_200_000) };
      const { id } = await opened(times);
      const { headers, body } = await refused('attempt_in_progress', id);
      expect(body['livingPaymentSession']).not.toHaveProperty('sessionData');
      const seconds = Number(body['remainingSeconds']);
      expect(seconds).toBeGreaterThan(7_000);
      expect(seconds).toBeLessThanOrEqual(7_200);
      expect(headers.get('retry-after')).toBe(String(seconds));
    });

    it.each([
      ['order_expires_too_soon', 422],
      ['order_closed', 409],
      ['money_under_review', 409],
      ['order_amount_changed', 422],
      ['order_paid', 409],
    ])('or none may begin: %s is %i', async (code, expected) => {
      count += 1;
      const { status, body } = await refused(code);
      expect([status, body['code'], body['detail']]).toEqual([expected, code, 'because']);
    });
  });
});
