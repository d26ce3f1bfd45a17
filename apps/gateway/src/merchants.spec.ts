import { orders, payments, paymentSessions, RefundView, sessionRequests } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import {
  attention,
  cappuccino,
  get,
  type Harness,
  openHarness,
  paid,
  payment,
  post,
  type Reply,
  returned,
  sayCreated,
  secretKey,
  siamBank,
  success,
  thb,
} from './harness.specs.js';
import { operations } from './openapi/operations.js';

describe('a merchant’s server', () => {
  let harness: Harness;
  let url: string;
  let count = 0;
  const newOrder = () => `MERCHANT_${++count}`;

  beforeAll(async () => {
    harness = await openHarness();
    url = harness.gateway.url;
  });
  afterAll(() => harness.stop());

  const order = (id: string) => ({ ...siamBank, ...cappuccino(id) });
  const open = async () => {
    const orderId = newOrder();
    const { status, body } = await post(url, { token: secretKey, body: order(orderId) });
    expect(status).toBe(202);
    return { orderId, paymentSessionId: body.id };
  };
  const fields = ({ body }: Reply) => body.errors?.map(({ field }) => field).sort();
  const said = (orderId: string, type: string) =>
    harness.bus.heard(sessionRequests).filter((event) => event.key === orderId && event.type === type);
  const become = (path: string, about: object) =>
    eventually(async () => expect((await get(url, path, secretKey)).body).toMatchObject(about));

  it('finds every path in the printed description, and no other there', () => {
    const routes = harness.logs.flatMap((line) => [...line.matchAll(/Mapped \{([^,]+), (\w+)\} route/g)]);
    const offered = new Set(routes.map(([, path, method]) => `${method} ${path!.replaceAll(/:(\w+)/g, '{$1}')}`));
    const described = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect([...offered].sort()).toEqual([...described].sort());
  });

  it('is known by its secret key, whose name is in the logs and which is not', async () => {
    const { orderId } = await open();
    const closed = await post(url, { token: secretKey, path: `/v1/orders/${orderId}/close`, body: {} });
    expect(closed.status).toBe(422);
    const wrong = await get(url, `/v1/orders/${orderId}`, `${secretKey}x`);
    expect([wrong.status, wrong.body['code']]).toEqual([401, 'token_malformed']);
    expect(harness.logs.filter((line) => line.includes('"merchant":"back-office"'))).not.toHaveLength(0);
    expect(harness.logs.join('')).not.toContain(secretKey);
  });

  describe('that asks for a payment session', () => {
    it('puts the order into the body, and names where the buyer sits', async () => {
      const orderId = newOrder();
      const shopper = { ip: '203.0.113.7', userAgent: 'CoffeeApp/1.0' };
      const body = { ...order(orderId), shopper, buyer: { id: 'u-1' }, redirectUrl: 'https://till.example/back' };
      const { status, body: view } = await post(url, { token: secretKey, body });
      expect([status, view['orderId'], view['amount']]).toEqual([202, orderId, thb('160')]);
      const [event] = await eventually(() => {
        expect(said(orderId, 'PaymentSessionRequested')).toHaveLength(1);
        return said(orderId, 'PaymentSessionRequested');
      });
      expect(event!.data).toMatchObject({
        ...{ clientIp: '203.0.113.7', userAgent: 'CoffeeApp/1.0', buyer: { id: 'u-1' }, amount: thb('160') },
        redirectUrl: `https://till.example/back?paymentSessionId=${view.id}`,
      });
      expect((await get(url, `/v1/payment-sessions/${view.id}`, secretKey)).body.id).toBe(view.id);
    });

    it('is told every field that is wrong', async () => {
      const body = { ...siamBank, order: { id: 'a b', amount: thb('0'), description: 'x' }, shopper: { ip: 'here' } };
      expect(fields(await post(url, { token: secretKey, body }))).toEqual([
        'order.amount.value',
        'order.id',
        'shopper.ip',
      ]);
      const past = { ...siamBank, order: { ...cappuccino(newOrder()).order, expiresAt: '2026-01-01T00:00:00Z' } };
      expect(fields(await post(url, { token: secretKey, body: past }))).toEqual(['order.expiresAt']);
      const missing = await post(url, { token: secretKey });
      expect([missing.status, fields(missing)]).toEqual([422, ['order']]);
    });
  });

  describe('that gives money back', () => {
    const refund = (orderId: string, body: object, more: { key?: string; wait?: number; token?: string } = {}) =>
      post(url, { token: secretKey, path: `/v1/orders/${orderId}/refunds`, body, ...more });
    const reason = 'the coffee was cold';
    const paidOrder = async () => {
      const { orderId, paymentSessionId } = await open();
      await harness.bus.say(payments, 'PaymentSucceeded', success(orderId, paymentSessionId));
      await harness.bus.say(orders, 'OrderPaid', paid(orderId, paymentSessionId));
      await become(`/v1/orders/${orderId}`, { status: 'paid', paidBy: paymentSessionId });
      return { orderId, paymentSessionId };
    };
    const requested = (orderId: string) =>
      eventually(() => {
        const [event] = said(orderId, 'RefundRequested').slice(-1);
        expect(event).toBeDefined();
        return event!.data as { refundRequestId: string; amount: object; paymentSessionId: string };
      });
    const started = async (orderId: string, paymentSessionId: string) => {
      const { refundRequestId } = await requested(orderId);
      const about = { ...payment(orderId, paymentSessionId), refundRequestId, amount: thb('160') };
      await harness.bus.say(paymentSessions, 'RefundStarted', { ...about, cause: 'requested' });
      return about;
    };

    it('gives back all that is left unless it says less, from the payment that paid the order', async () => {
      const { orderId, paymentSessionId } = await paidOrder();
      const part = await refund(orderId, { amount: thb('60'), reason });
      expect(part.status).toBe(202);
      expect(part.headers.get('location')).toBe(`/v1/refunds/${part.body.id}`);
      expect(RefundView.parse(part.body)).toEqual(part.body);
      expect(part.body).toMatchObject({ status: 'requested', amount: thb('60'), paymentSessionId });
      const rest = await refund(orderId, { reason });
      expect(rest.body['amount']).toEqual(thb('100'));
      const none = await refund(orderId, { reason });
      expect([none.status, none.body['code']]).toEqual([409, 'nothing_left_to_refund']);
      await eventually(() => expect(said(orderId, 'RefundRequested')).toHaveLength(2));
      expect(said(orderId, 'RefundRequested')[0]!.data).toEqual({
        ...{ orderId, paymentSessionId, refundRequestId: part.body.id },
        ...{ amount: thb('60'), reason, requestedBy: 'back-office' },
      });
    });

    it('has all of it given back once when it asks for it at the same moment', async () => {
      const { orderId } = await paidOrder();
      const answers = await Promise.all(Array.from({ length: 6 }, () => refund(orderId, { reason })));
      expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409, 409, 409]);
    });

    it('waits until it is under way, and sees how it went later', async () => {
      const { orderId, paymentSessionId } = await paidOrder();
      const asked = refund(orderId, { reason }, { wait: 30 });
      const about = await started(orderId, paymentSessionId);
      const { status, body } = await asked;
      expect([status, body['status']]).toEqual([201, 'started']);
      const refundedAt = '2026-11-23T08:00:00Z';
      await harness.bus.say(payments, 'RefundSucceeded', { ...about, refundedAt });
      await become(`/v1/refunds/${body.id}`, { status: 'succeeded', refundedAt: '2026-11-23T08:00:00.000Z' });
    });

    it('can ask again for what failed', async () => {
      const { orderId, paymentSessionId } = await paidOrder();
      const { body } = await refund(orderId, { reason });
      const failed = {
        ...(await started(orderId, paymentSessionId)),
        code: 'REFUND_WINDOW_EXCEED',
        message: 'too late',
      };
      await harness.bus.say(payments, 'RefundFailed', failed);
      await become(`/v1/refunds/${body.id}`, { status: 'failed', failure: { code: 'REFUND_WINDOW_EXCEED' } });
      expect((await refund(orderId, { reason })).status).toBe(202);
    });

    it.each([
      ['payment_not_succeeded', 409, undefined],
      ['duplicate_open', 409, undefined],
      ['refund_exceeds_payment', 422, [{ field: 'amount.value', message: 'at most 100' }]],
      ['method_not_refundable', 422, undefined],
    ])('is told why nothing was started: %s is %i', async (code, expected, errors) => {
      const { orderId, paymentSessionId } = await paidOrder();
      const asked = refund(orderId, { reason }, { key: code, wait: 30 });
      const { refundRequestId } = await requested(orderId);
      const rejection = { orderId, paymentSessionId, refundRequestId, code, message: 'settle it offline' };
      await harness.bus.say(
        paymentSessions,
        'RefundRejected',
        errors === undefined ? rejection : { ...rejection, errors },
      );
      const { status, body } = await asked;
      expect([status, body['code'], body['detail'], body.errors]).toEqual([
        expected,
        code,
        'settle it offline',
        errors,
      ]);
      const again = await refund(orderId, { reason }, { key: code });
      expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([expected, 'true']);
    });

    it('means one refund by one key, and is refused another body under it', async () => {
      const { orderId } = await paidOrder();
      const body = { amount: thb('10'), reason };
      const answers = await Promise.all(Array.from({ length: 8 }, () => refund(orderId, body, { key: 'once' })));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
      expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
      const other = await refund(orderId, { ...body, amount: thb('11') }, { key: 'once' });
      expect([other.status, other.body['code']]).toEqual([422, 'idempotency_key_reused']);
      await requested(orderId);
      expect(await harness.rows('select 1 from refunds where order_id = $1', [orderId])).toHaveLength(1);
    });

    it('sees what went back of an order without a refund of its own, by Antom or outside, and counts it once', async () => {
      const { orderId, paymentSessionId } = await paidOrder();
      const returnId = `dashboard-${orderId}`;
      await harness.bus.say(payments, 'PaymentReturned', returned(orderId, paymentSessionId, returnId, '40'));
      await become(`/v1/refunds/${returnId}`, { status: 'succeeded', amount: thb('40') });
      const refunded = {
        ...{ ...payment(orderId, paymentSessionId), refundedAt: '2026-11-23T08:00:00Z', kept: true },
        ...{ amount: thb('40'), refunded: thb('40'), remainder: thb('120') },
      };
      await harness.bus.say(orders, 'OrderRefunded', { ...refunded, origin: 'unasked', refundId: returnId });
      await become(`/v1/orders/${orderId}`, { status: 'paid', refunded: thb('40') });
      const outside = { ...refunded, amount: thb('20'), refunded: thb('60'), remainder: thb('100') };
      await harness.bus.say(orders, 'OrderRefunded', {
        ...outside,
        origin: 'outside',
        refundId: `transfer-${orderId}`,
      });
      await become(`/v1/refunds/transfer-${orderId}`, { status: 'succeeded', amount: thb('20') });
      expect((await refund(orderId, { reason })).body['amount']).toEqual(thb('100'));
    });

    it('sees a refund by which a person resolved a case', async () => {
      const { orderId, paymentSessionId } = await paidOrder();
      const refundRequestId = `rf_case_${orderId}`;
      const about = { ...payment(orderId, paymentSessionId), refundRequestId, amount: thb('160') };
      await harness.bus.say(paymentSessions, 'RefundStarted', { ...about, cause: 'case', caseId: 'case-7' });
      await become(`/v1/refunds/${refundRequestId}`, { status: 'started', amount: thb('160') });
      expect((await refund(orderId, { reason })).body['code']).toBe('nothing_left_to_refund');
      await harness.bus.say(payments, 'RefundSucceeded', { ...about, refundedAt: '2026-11-23T08:00:00Z' });
      await become(`/v1/refunds/${refundRequestId}`, { status: 'succeeded' });
    });

    it('can name money that pays nothing by itself, and all that was received of it goes back', async () => {
      const { orderId, paymentSessionId } = await open();
      await harness.bus.say(payments, 'PaymentNeedsAttention', attention(orderId, paymentSessionId, '16'));
      await become(`/v1/payment-sessions/${paymentSessionId}`, { status: 'under_review' });
      const { paymentId } = payment(orderId, paymentSessionId);
      const { status, body } = await refund(orderId, { reason, paymentId });
      expect([status, body['amount']]).toEqual([202, thb('16')]);
    });

    describe('of one of two payments of a session', () => {
      const paidTwice = async () => {
        const { orderId, paymentSessionId } = await paidOrder();
        const second = `second-${orderId}`;
        await harness.bus.say(payments, 'PaymentSucceeded', {
          ...success(orderId, paymentSessionId),
          paymentId: second,
        });
        await harness.bus.expectDrained('gateway', [payments]);
        return { orderId, paymentSessionId, first: `antom-${paymentSessionId}`, second };
      };

      it('names it, and what is left is counted for each of them', async () => {
        const { orderId, paymentSessionId, first, second } = await paidTwice();
        const part = await refund(orderId, { amount: thb('60'), reason, paymentId: second });
        expect([part.status, part.body['paymentId'], part.body['paymentSessionId']]).toEqual([
          ...[202, second, paymentSessionId],
        ]);
        expect((await refund(orderId, { reason })).body['amount']).toEqual(thb('160'));
        expect((await refund(orderId, { reason, paymentId: first })).body['code']).toBe('nothing_left_to_refund');
        expect((await refund(orderId, { reason, paymentId: second })).body['amount']).toEqual(thb('100'));
        await eventually(() => expect(said(orderId, 'RefundRequested')).toHaveLength(3));
        expect(said(orderId, 'RefundRequested').map(({ data }) => data['paymentId'])).toEqual([
          ...[second, undefined, second],
        ]);
      });

      it('sees which payment it was once that is known', async () => {
        const { orderId, paymentSessionId, first } = await paidTwice();
        const { body } = await refund(orderId, { reason });
        expect(body).not.toHaveProperty('paymentId');
        await started(orderId, paymentSessionId);
        await become(`/v1/refunds/${body.id}`, { status: 'started', paymentId: first });
      });

      it('is refused one that is not of this order, or not of the session that it names, and told which field it is', async () => {
        const { orderId, second } = await paidTwice();
        const other = await paidTwice();
        const sibling = await post(url, { token: secretKey, body: order(orderId) });
        for (const [field, wish] of [
          ['paymentId', { paymentId: 'nobody-paid-this' }],
          ['paymentId', { paymentId: other.second }],
          ['paymentId', { paymentId: second, paymentSessionId: sibling.body.id }],
          ['paymentSessionId', { paymentId: second, paymentSessionId: other.paymentSessionId }],
        ] as const) {
          const refused = await refund(orderId, { ...wish, reason });
          expect([refused.status, refused.body['code'], fields(refused)]).toEqual([422, 'invalid_request', [field]]);
        }
        expect(said(orderId, 'RefundRequested')).toHaveLength(0);
      });
    });

    it('is told what is wrong with its request', async () => {
      const { orderId } = await paidOrder();
      const { orderId: unpaid } = await open();
      const bad = await refund(orderId, { amount: thb('0'), note: 'x' });
      expect([bad.status, fields(bad)]).toEqual([400, ['amount.value', 'note', 'reason']]);
      const dollars = await refund(orderId, { amount: { value: '1', currency: 'USD' }, reason });
      expect(dollars.body.errors).toEqual([
        { field: 'amount.currency', message: 'must be THB, the currency of the payment' },
      ]);
      const foreign = await refund(orderId, { reason, paymentSessionId: (await paidOrder()).paymentSessionId });
      expect([foreign.status, fields(foreign)]).toEqual([422, ['paymentSessionId']]);
      expect((await refund(unpaid, { reason })).body['code']).toBe('order_not_paid');
      expect((await refund('NOBODY', { reason })).status).toBe(404);
      expect((await get(url, '/v1/refunds/rf_nobody', secretKey)).status).toBe(404);
      expect(said(orderId, 'RefundRequested')).toHaveLength(0);
    });

    it('does it with its secret key and never with the token of an app', async () => {
      const { orderId } = await paidOrder();
      const token = await harness.shop.sign(cappuccino(orderId));
      const answers = [
        await refund(orderId, { reason }, { token }),
        await get(url, '/v1/refunds/rf_1', token),
        await post(url, { token, path: `/v1/orders/${orderId}/close`, body: { reason } }),
      ];
      for (const { status, body } of answers) expect([status, body['code']]).toEqual([403, 'secret_key_needed']);
    });
  });

  describe('that closes an order', () => {
    const close = (orderId: string) =>
      post(url, { token: secretKey, path: `/v1/orders/${orderId}/close`, body: { reason: 'sold out' } });
    const sealed = (orderId: string) =>
      harness.bus.say(paymentSessions, 'OrderSealed', {
        orderId,
        cause: 'requested',
        sealedAt: '2026-11-22T08:00:00Z',
      });

    it('says so once, and sees it closing and closed', async () => {
      const { orderId } = await open();
      const answers = await Promise.all([close(orderId), close(orderId), close(orderId)]);
      expect(answers.map(({ status, body }) => [status, body['status']])).toEqual(answers.map(() => [202, 'open']));
      await eventually(() => expect(said(orderId, 'OrderCloseRequested')).toHaveLength(1));
      expect(said(orderId, 'OrderCloseRequested')[0]!.data).toEqual({
        ...{ orderId, reason: 'sold out', requestedBy: 'back-office' },
      });
      await sealed(orderId);
      await become(`/v1/orders/${orderId}`, { status: 'closing' });
      await harness.bus.say(orders, 'OrderClosed', { orderId, cause: 'requested' });
      await become(`/v1/orders/${orderId}`, { status: 'closed' });
      expect((await close(orderId)).status).toBe(200);
      expect(said(orderId, 'OrderCloseRequested')).toHaveLength(1);
    });

    it('may do so before its first payment session, and it stays sealed', async () => {
      const orderId = newOrder();
      const { status, body } = await close(orderId);
      expect([status, body]).toEqual([202, { id: orderId }]);
      await sealed(orderId);
      await harness.bus.expectDrained('gateway', [paymentSessions]);
      expect((await get(url, `/v1/orders/${orderId}`, secretKey)).status).toBe(404);
      const { body: session } = await post(url, { token: secretKey, body: order(orderId) });
      expect((await get(url, `/v1/orders/${orderId}`, secretKey)).status).toBe(404);
      await sayCreated(harness.bus, orderId, session.id);
      await become(`/v1/orders/${orderId}`, { status: 'closing', amount: thb('160') });
    });

    it('does not close what is paid, and a late payment of a closed order is shown', async () => {
      const orderId = newOrder();
      await harness.bus.say(orders, 'OrderClosed', { orderId, cause: 'expired' });
      await harness.bus.say(orders, 'OrderPaid', paid(orderId, 'ps_1'));
      await become(`/v1/orders/${orderId}`, { status: 'paid' });
      expect((await close(orderId)).status).toBe(200);
      expect(said(orderId, 'OrderCloseRequested')).toHaveLength(0);
    });
  });
});
