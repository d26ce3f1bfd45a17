import { createHash } from 'node:crypto';
import { payments, paymentSessions, PaymentSessionView, sessionRequests } from '@kasir/contracts';
import { eventually, inDays, openShop } from '@kasir/testing';
import {
  attention,
  cappuccino,
  get,
  type Harness,
  openHarness,
  payment,
  type Post,
  post,
  returned,
  sayCreated,
  secretKey,
  siamBank,
  success,
  thb,
} from './harness.specs.js';

const later = inDays(2);

describe('a payment session', () => {
  let harness: Harness;
  let url: string;
  let orders = 0;
  const newOrder = () => `ORDER_${++orders}`;
  const signed = (orderId: string, more = {}) => harness.shop.sign(cappuccino(orderId, more));
  const requestedFor = async (orderId: string) => {
    const events = await eventually(() => {
      const found = harness.bus.heard(sessionRequests).filter(({ key }) => key === orderId);
      if (found.length === 0) throw new Error(`nothing is heard of ${orderId}`);
      return found;
    });
    return events as typeof events & { 0: (typeof events)[number] };
  };
  type Asks = (orderId: string) => Promise<Pick<Post, 'token' | 'body'>>;
  const asApp =
    (more = {}): Asks =>
    async (orderId) => ({ token: await signed(orderId, more) });
  const asMerchant =
    (more = {}): Asks =>
    (orderId) =>
      Promise.resolve({ token: secretKey, body: { ...siamBank, ...cappuccino(orderId, more) } });
  /** The caller waits; payment-session answers as soon as it has heard the request. */
  const openedFor = async (orderId: string, sessionData?: string) => {
    const asked = post(url, { token: await signed(orderId), wait: 30 });
    const [{ data }] = await requestedFor(orderId);
    await sayCreated(
      harness.bus,
      orderId,
      String(data['paymentSessionId']),
      sessionData === undefined ? {} : { sessionData },
    );
    return asked;
  };
  const statusOf = async (orderId: string, id: string) =>
    (await get(url, `/v1/payment-sessions/${id}`, await signed(orderId))).body['status'];
  const becomes = (orderId: string, id: string, status: string) =>
    eventually(async () => expect(await statusOf(orderId, id)).toBe(status));

  beforeAll(async () => {
    harness = await openHarness();
    url = harness.gateway.url;
  });
  afterAll(() => harness.stop());

  it('is asked for in the words that payment-session needs, inside the caller’s trace', async () => {
    const orderId = newOrder();
    const buyer = { id: 'u-1', email: 'canary-buyer@example.com' };
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const headers = { traceparent, 'user-agent': 'CoffeeApp/1.0' };
    const { status, body } = await post(url, { token: await signed(orderId, { buyer }), headers });

    expect(status).toBe(202);
    expect(body.id).toMatch(/^ps_[0-9a-f]{36}$/);
    const [event] = await requestedFor(orderId);
    expect(event.type).toBe('PaymentSessionRequested');
    expect(event.headers['traceparent']).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-(?!00f067aa0ba902b7)/);
    expect(event.data).toEqual({
      orderId,
      paymentSessionId: body.id,
      order: {
        amount: thb('160'),
        description: "Cappuccino #grande (Mika's coffee shop)",
        expiresAt: expect.any(String),
      },
      amount: thb('160'),
      ...siamBank,
      clientIp: '127.0.0.1',
      userAgent: 'CoffeeApp/1.0',
      redirectUrl: `https://shop.example/thank-you?paymentSessionId=${body.id}`,
      buyer,
      notAfter: expect.any(String),
    });
    const { order, notAfter } = event.data as { order: { expiresAt: string }; notAfter: string };
    const createdAt = Date.parse(String(body['createdAt']));
    expect(Date.parse(notAfter) - createdAt).toBe(60_000);
    expect(Math.abs(Date.parse(order.expiresAt) - createdAt - 86_400_000)).toBeLessThan(60_000);
  });

  it('takes what the shopper pays, where it ends and where it returns to from the token', async () => {
    const orderId = newOrder();
    const order = { ...cappuccino(orderId).order, expiresAt: later };
    const redirectUrl = 'http://localhost:5173/thank-you';
    const claims = { order, payment: { amount: thb('120') }, redirectUrl };
    const { body } = await post(url, { token: await harness.shop.sign(claims) });

    expect(body['amount']).toEqual(thb('120'));
    const [{ data }] = await requestedFor(orderId);
    expect(data).toMatchObject({ amount: thb('120'), order: { amount: thb('160') } });
    expect(Date.parse((data['order'] as { expiresAt: string }).expiresAt)).toBe(Date.parse(later));
    expect(data['redirectUrl']).toBe(`${redirectUrl}?paymentSessionId=${body.id}`);
  });

  it('is handed to the waiting caller as soon as Antom has opened it', async () => {
    const { status, headers, body } = await openedFor(newOrder(), 'canary-session-data');

    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/v1/payment-sessions/${body.id}`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('preference-applied')).toBe('wait=30');
    expect(PaymentSessionView.parse(body)).toEqual(body);
    expect(body).toMatchObject({ status: 'created', sessionData: 'canary-session-data' });
  });

  it('is kept encrypted in the database', async () => {
    const { body } = await openedFor(newOrder(), 'canary-session-data');
    const rows = await harness.rows('select * from payment_sessions where id = $1', [body.id]);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain('canary-session-data');
  });

  it('can be asked for later by a caller who did not wait', async () => {
    const orderId = newOrder();
    const { status, headers, body } = await post(url, { token: await signed(orderId), wait: 0 });
    expect(status).toBe(202);
    expect(headers.get('retry-after')).toBe('1');
    expect(headers.get('location')).toBe(`/v1/payment-sessions/${body.id}`);
    expect(await statusOf(orderId, body.id)).toBe('requested');

    await sayCreated(harness.bus, orderId, body.id, { sessionData: 'later' });
    await becomes(orderId, body.id, 'created');
    const shown = await get(url, headers.get('location')!, await signed(orderId));
    expect(shown.body['sessionData']).toBe('later');
  });

  it('keeps a caller waiting for as long as was asked, and no longer', async () => {
    const began = performance.now();
    const { status, headers } = await post(url, { token: await signed(newOrder()), wait: 1 });
    expect(status).toBe(202);
    expect(headers.get('preference-applied')).toBe('wait=1');
    expect(performance.now() - began).toBeGreaterThan(950);
    expect(performance.now() - began).toBeLessThan(9_000);
  });

  it('lets go of a caller who has hung up', async () => {
    const orderId = newOrder();
    const caller = new AbortController();
    const asked = post(url, { token: await signed(orderId), wait: 30, signal: caller.signal });
    await requestedFor(orderId);
    caller.abort();
    await expect(asked).rejects.toThrow();
    await eventually(() => {
      const answered = harness.logs.filter(
        (line) => line.includes(orderId) && line.includes('payment session answered'),
      );
      expect(answered).toHaveLength(1);
    }, 15_000);
  });

  describe('that nobody may open', () => {
    interface Rejection {
      stage: 'policy' | 'provider' | 'abandoned';
      code: string;
      message: string;
      livingPaymentSessionId?: string;
      errors?: { field: string; message: string }[];
    }
    const rejectedWith = async (rejection: Rejection, asks: Asks = asApp()) => {
      const orderId = newOrder();
      const asked = post(url, { ...(await asks(orderId)), wait: 30 });
      const [{ data }] = await requestedFor(orderId);
      const paymentSessionId = String(data['paymentSessionId']);
      await harness.bus.say(paymentSessions, 'PaymentSessionRejected', { orderId, paymentSessionId, ...rejection });
      const answer = await asked;
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(answer.body['paymentSessionId']).toBe(paymentSessionId);
      return answer;
    };

    it('because another one lives is a conflict that names the living one', async () => {
      const code = 'attempt_in_progress';
      const message = 'another payment session of the order can still succeed';
      const { status, body } = await rejectedWith({ stage: 'policy', code, message, livingPaymentSessionId: 'ps_1' });
      expect(status).toBe(409);
      expect(body).toMatchObject({ code, detail: message, livingPaymentSessionId: 'ps_1' });
    });

    it.each([
      ['an app', 'token.order.amount', asApp()],
      ['an app whose shopper has a promotion', 'token.payment.amount', asApp({ payment: { amount: thb('150') } })],
      ['a merchant', 'order.amount', asMerchant()],
      ['a merchant whose shopper has a promotion', 'payment.amount', asMerchant({ payment: { amount: thb('150') } })],
    ])('because no bank takes its amount is a wrong request that names the field: %s', async (_, field, asks) => {
      const code = 'amount_not_payable';
      const message =
        'the amount must be at most 2000000.00 THB for this choice of bank; choose another bank: Kasikorn Bank';
      const errors = [{ field: 'payment.amount', message }];
      const { status, body } = await rejectedWith({ stage: 'policy', code, message, errors }, asks);
      expect(status).toBe(422);
      expect(body).toMatchObject({ code, detail: message, errors: [{ field, message }] });
    });

    it.each([
      ['order_expired', 'token.order.expiresAt', asApp()],
      ['order_expires_too_soon', 'token.order.expiresAt', asApp()],
      ['order_expires_too_soon', 'order.expiresAt', asMerchant()],
    ])(
      'because its order ends too early is a wrong request that names the field: %s in %s',
      async (code, field, asks) => {
        const message = 'leave the shopper a minute at least';
        const errors = [{ field: 'order.expiresAt', message }];
        const { status, body } = await rejectedWith({ stage: 'policy', code, message, errors }, asks);
        expect([status, body['code'], body.errors]).toEqual([422, code, [{ field, message }]]);
      },
    );

    it.each([
      ['an app', ['token.order.description', 'bankChoice.bankName'], asApp()],
      ['a merchant', ['order.description', 'bankChoice.bankName'], asMerchant()],
    ])(
      'because Antom would refuse some fields is a wrong request that names each, whatever its message says (H3): %s',
      async (_, fields, asks) => {
        const [description, bank] = ['must be in Latin letters', 'must not be longer'];
        const errors = [
          { field: 'order.description', message: description },
          { field: 'bankChoice.bankName', message: bank },
        ];
        const about = { code: 'invalid_request', message: 'two fields are wrong', errors };
        const { status, body } = await rejectedWith({ stage: 'policy', ...about }, asks);
        expect([status, body['code'], body['detail']]).toEqual([422, about.code, about.message]);
        expect(body.errors).toEqual(fields.map((field, index) => ({ field, message: [description, bank][index] })));
      },
    );

    it('because Antom refused is a wrong request that carries Antom’s reason', async () => {
      const { status, body } = await rejectedWith({ stage: 'provider', code: 'PARAM_ILLEGAL', message: 'no' });
      expect(status).toBe(422);
      expect(body).toMatchObject({ code: 'rejected_by_provider', providerCode: 'PARAM_ILLEGAL', detail: 'no' });
    });

    it('because Antom stayed silent is a conflict, and the same key stays with it', async () => {
      const { status, body } = await rejectedWith({ stage: 'abandoned', code: 'provider_silent', message: 'too late' });
      expect([status, body['code']]).toEqual([409, 'provider_silent']);
    });
  });

  describe('under one idempotency key', () => {
    it('is the same for the same request, also with a fresh token and fields in another order', async () => {
      const orderId = newOrder();
      const first = await post(url, { token: await signed(orderId), key: 'again' });
      const body = { terminal: siamBank.terminal, bankChoice: siamBank.bankChoice };
      const order = { ...cappuccino(orderId).order, expiresAt: later };
      const second = await post(url, { token: await harness.shop.sign({ order }), key: 'again', body });

      expect(first.headers.get('idempotent-replayed')).toBeNull();
      expect(second.headers.get('idempotent-replayed')).toBe('true');
      expect([second.status, second.body.id]).toEqual([202, first.body.id]);
      await harness.bus.expectHeard(sessionRequests, 'PaymentSessionRequested');
      expect(await requestedFor(orderId)).toHaveLength(1);
    });

    it('is the opened one again when the answer to the first request was lost', async () => {
      const orderId = newOrder();
      const { body } = await post(url, { token: await signed(orderId), key: 'lost' });
      await sayCreated(harness.bus, orderId, body.id, { sessionData: 'found again' });
      const again = await post(url, { token: await signed(orderId), key: 'lost', wait: 30 });
      expect(again.status).toBe(201);
      expect(again.body).toMatchObject({ id: body.id, sessionData: 'found again' });
    });

    it.each([
      ['another bank', {}, { ...siamBank, bankChoice: { bankName: 'Bangkok Bank' } }],
      ['another terminal', {}, { ...siamBank, terminal: { type: 'APP', os: 'IOS' } }],
      ['another price', { payment: { amount: thb('150') } }, siamBank],
    ])('is refused for %s', async (_, more, body) => {
      const orderId = newOrder();
      const first = await post(url, { token: await signed(orderId), key: 'reused' });
      const second = await post(url, { token: await signed(orderId, more), key: 'reused', body });
      expect(first.status).toBe(202);
      expect([second.status, second.body['code']]).toEqual([422, 'idempotency_key_reused']);
    });

    it('is the same under a new token key and a rotated secret key, and another one for app and server (M3)', async () => {
      const orderId = newOrder();
      const order = asMerchant();
      const byApp = await post(url, { token: await signed(orderId), key: 'rotated' });
      const byServer = await post(url, { ...(await order(orderId)), key: 'rotated' });
      const shop = await openShop();
      const newSecret = 'sk_after_the_rotation';
      const sha256 = createHash('sha256').update(newSecret).digest('hex');
      const rotated = await harness.startAnother({ CHECKOUT_JWKS: shop.jwks, MERCHANT_KEYS: `till-2:${sha256}` });
      const token = await shop.sign(cappuccino(orderId));
      const again = [
        await post(rotated.url, { token, key: 'rotated' }),
        await post(rotated.url, { ...(await order(orderId)), token: newSecret, key: 'rotated' }),
      ];
      expect(again.map(({ body }) => body.id)).toEqual([byApp.body.id, byServer.body.id]);
      expect(again.map(({ headers }) => headers.get('idempotent-replayed'))).toEqual(['true', 'true']);
      expect(byServer.body.id).not.toBe(byApp.body.id);
      await rotated.stop();
    });

    it('is one for each order', async () => {
      const [a, b] = [newOrder(), newOrder()];
      const first = await post(url, { token: await signed(a), key: 'shared' });
      const second = await post(url, { token: await signed(b), key: 'shared' });
      expect(second.status).toBe(202);
      expect(second.body.id).not.toBe(first.body.id);
    });

    it('is one when twenty requests come at the same moment', async () => {
      const orderId = newOrder();
      const token = await signed(orderId);
      const answers = await Promise.all(Array.from({ length: 20 }, () => post(url, { token, key: 'crowd' })));

      expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(202));
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
      expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === null)).toHaveLength(1);
      await requestedFor(orderId);
      expect(await harness.rows('select id from payment_sessions where order_id = $1', [orderId])).toHaveLength(1);
      expect(await harness.rows(`select 1 from event_sequences where key = $1 and last = 1`, [orderId])).toHaveLength(
        1,
      );
    });

    it('is one for one body when two bodies race for it', async () => {
      const orderId = newOrder();
      const token = await signed(orderId);
      const other = { ...siamBank, bankChoice: { region: 'TH' } };
      const bodies = [siamBank, other, siamBank, other, siamBank, other];
      const answers = await Promise.all(bodies.map((body) => post(url, { token, key: 'race', body })));

      expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 202, 422, 422, 422]);
      expect(new Set(answers.filter(({ status }) => status === 202).map(({ body }) => body.id)).size).toBe(1);
      expect(await harness.rows('select id from payment_sessions where order_id = $1', [orderId])).toHaveLength(1);
    });

    it('is still known when the order has expired meanwhile', async () => {
      const orderId = newOrder();
      const order = {
        ...cappuccino(orderId).order,
        expiresAt: new Date(harness.clock.now().getTime() + 60_000).toISOString(),
      };
      const first = await post(url, { token: await harness.shop.sign({ order }), key: 'late' });
      const past = { ...order, expiresAt: new Date(harness.clock.now().getTime() - 1_000).toISOString() };
      const again = await post(url, { token: await harness.shop.sign({ order: past }), key: 'late' });
      expect([again.status, again.body.id]).toEqual([202, first.body.id]);
    });
  });

  it('cannot begin for an order that has expired', async () => {
    const orderId = newOrder();
    const order = { ...cappuccino(orderId).order, expiresAt: '2026-01-01T00:00:00Z' };
    const { status, body } = await post(url, { token: await harness.shop.sign({ order }) });
    expect([status, body['code']]).toEqual([422, 'order_expired']);
    expect(body.errors).toEqual([{ field: 'token.order.expiresAt', message: 'must be in the future' }]);
    expect(await harness.rows('select id from payment_sessions where order_id = $1', [orderId])).toHaveLength(0);
  });

  describe('whose payment moves', () => {
    it('fails and may be tried again, because the same session is still open', async () => {
      const orderId = newOrder();
      const { body } = await openedFor(orderId);
      await harness.bus.say(payments, 'PaymentFailed', {
        ...payment(orderId, body.id),
        code: 'USER_BALANCE_NOT_ENOUGH',
        message: 'no',
      });
      await becomes(orderId, body.id, 'failed');
      const failed = await get(url, `/v1/payment-sessions/${body.id}`, await signed(orderId));
      expect(failed.body).toMatchObject({ failure: { code: 'USER_BALANCE_NOT_ENOUGH' }, sessionData: 'opaque' });

      await harness.bus.say(payments, 'PaymentPending', {
        ...payment(orderId, body.id),
        amount: thb('160'),
        cause: 'bank',
      });
      await becomes(orderId, body.id, 'pending');
    });

    it('is paid, and nothing else is left to be opened', async () => {
      const orderId = newOrder();
      const { body } = await openedFor(orderId);
      await harness.bus.say(payments, 'PaymentSucceeded', success(orderId, body.id));
      await becomes(orderId, body.id, 'succeeded');
      await harness.bus.say(payments, 'PaymentFailed', {
        ...payment(orderId, body.id),
        code: 'LATE',
        message: 'limps in',
      });
      await harness.bus.expectDrained('gateway', [payments]);

      const { body: shown } = await get(url, `/v1/payment-sessions/${body.id}`, await signed(orderId));
      expect(shown).toMatchObject({ status: 'succeeded', paidAt: '2026-11-22T08:00:00.000Z' });
      expect(shown).not.toHaveProperty('sessionData');
      expect(shown).not.toHaveProperty('failure');
    });

    it('is paid although the event of its opening comes last', async () => {
      const orderId = newOrder();
      const { body } = await post(url, { token: await signed(orderId) });
      await harness.bus.say(payments, 'PaymentSucceeded', success(orderId, body.id));
      await becomes(orderId, body.id, 'succeeded');
      await sayCreated(harness.bus, orderId, body.id);
      await eventually(async () => {
        const kept = 'select 1 from payment_sessions where id = $1 and encrypted_session_data is not null';
        expect(await harness.rows(kept, [body.id])).toHaveLength(1);
      });
      expect(await statusOf(orderId, body.id)).toBe('succeeded');
    });

    it('is neither paid nor failed when the money is not what was asked', async () => {
      const orderId = newOrder();
      const { body } = await openedFor(orderId);
      await harness.bus.say(payments, 'PaymentNeedsAttention', attention(orderId, body.id));
      await becomes(orderId, body.id, 'under_review');
    });

    it('is what it was while something without money needs attention', async () => {
      const orderId = newOrder();
      const { body } = await openedFor(orderId);
      const { kind, evidence } = { kind: 'no-answer', evidence: {} };
      await harness.bus.say(payments, 'PaymentNeedsAttention', { orderId, paymentSessionId: body.id, kind, evidence });
      await harness.bus.expectDrained('gateway', [payments]);
      expect(await statusOf(orderId, body.id)).toBe('created');
    });

    it('is returned once all of its money went back without a refund, however often a return is published', async () => {
      const orderId = newOrder();
      const { body } = await openedFor(orderId);
      await harness.bus.say(payments, 'PaymentSucceeded', success(orderId, body.id));
      const part = returned(orderId, body.id, `part-${orderId}`, '100');
      for (let times = 0; times < 3; times += 1) await harness.bus.say(payments, 'PaymentReturned', part);
      await harness.bus.expectDrained('gateway', [payments]);
      expect(await statusOf(orderId, body.id)).toBe('succeeded');
      await harness.bus.say(payments, 'PaymentReturned', returned(orderId, body.id, `rest-${orderId}`, '60'));
      await becomes(orderId, body.id, 'returned');
    });

    it('moves once when the same event comes twice', async () => {
      const orderId = newOrder();
      const { body } = await openedFor(orderId);
      const pending = { ...payment(orderId, body.id), amount: thb('160'), cause: 'bank' } as const;
      const eventId = await harness.bus.say(payments, 'PaymentPending', pending);
      const failed = { ...payment(orderId, body.id), code: 'NO', message: 'no' };
      await harness.bus.say(payments, 'PaymentFailed', failed);
      await harness.bus.say(payments, 'PaymentPending', pending, eventId);
      await harness.bus.expectDrained('gateway', [payments]);
      await becomes(orderId, body.id, 'failed');
    });

    it('ignores events under its id that are about another order', async () => {
      const orderId = newOrder();
      const { body } = await openedFor(orderId);
      await harness.bus.say(payments, 'PaymentSucceeded', success(newOrder(), body.id));
      await harness.bus.expectDrained('gateway', [payments]);
      expect(await statusOf(orderId, body.id)).toBe('created');
    });
  });

  it('shows no session data once the session has ended', async () => {
    const orderId = newOrder();
    const { body } = await post(url, { token: await signed(orderId) });
    await sayCreated(harness.bus, orderId, body.id, { expiresAt: new Date(harness.clock.now().getTime() + 1_500) });
    await becomes(orderId, body.id, 'created');
    await eventually(async () => {
      const shown = await get(url, `/v1/payment-sessions/${body.id}`, await signed(orderId));
      expect(shown.body['status']).toBe('created');
      expect(shown.body).not.toHaveProperty('sessionData');
    });
  });

  it('shows no session data once its order takes no payment any more, so that nobody pays twice', async () => {
    const orderId = newOrder();
    const { body } = await openedFor(orderId);
    expect(body['sessionData']).toBe('opaque');
    await harness.bus.say(paymentSessions, 'OrderSealed', { orderId, cause: 'requested', sealedAt: later });
    await eventually(async () => {
      const shown = await get(url, `/v1/payment-sessions/${body.id}`, await signed(orderId));
      expect(shown.body['status']).toBe('created');
      expect(shown.body).not.toHaveProperty('sessionData');
    });
  });

  it('is not found with the token of another order, in the very words for one that does not exist', async () => {
    const { body } = await post(url, { token: await signed(newOrder()) });
    const stranger = await signed(newOrder());
    const foreign = await get(url, `/v1/payment-sessions/${body.id}`, stranger);
    expect(foreign.status).toBe(404);
    for (const id of ['ps_019aa000-0000-7000-8000-000000000000', 'x', '%00', 'y'.repeat(300)]) {
      const unknown = await get(url, `/v1/payment-sessions/${id}`, stranger);
      expect([unknown.status, unknown.text]).toEqual([404, foreign.text]);
    }
  });

  it('leaves nothing in the logs but ids', async () => {
    const orderId = newOrder();
    const token = await signed(orderId, { buyer: { name: 'canary-name', phone: '0812345678' } });
    const { body } = await post(url, { token, key: 'canary-key' });
    await sayCreated(harness.bus, orderId, body.id, { sessionData: 'canary-session-data' });
    await becomes(orderId, body.id, 'created');

    const logs = harness.logs.join('');
    expect(logs).toContain(body.id);
    for (const secret of [token, token.split('.')[2]!, 'canary', '0812345678', 'encryptedSessionData', 'eyJ'])
      expect(logs).not.toContain(secret);
    const about = harness.logs.map((line) => JSON.parse(line) as Record<string, string>);
    expect(about.filter((line) => line['paymentSessionId'] === body.id)).toContainEqual(
      expect.objectContaining({ orderId, traceId: expect.stringMatching(/^[0-9a-f]{32}$/) }),
    );
  });
});
