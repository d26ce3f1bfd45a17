import { payments, PaymentSessionView } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import { cappuccino, get, type Harness, openHarness, post, sayCreated, success } from './harness.specs.js';

const shopPage = 'https://shop.example';

describe('a page in a browser', () => {
  let harness: Harness;
  let url: string;
  let count = 0;

  beforeAll(async () => {
    harness = await openHarness({
      env: { CORS_ORIGINS: `${shopPage}, http://localhost:5173`, EVENT_STREAMS: '2', EVENT_STREAM_HEARTBEAT: '50ms' },
    });
    url = harness.gateway.url;
  });
  afterAll(() => harness.stop());

  describe('of the shop', () => {
    const preflight = (origin: string) =>
      fetch(`${url}/v1/payment-sessions`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });

    it('may call, and read where its payment session is', async () => {
      const asked = await preflight(shopPage);
      expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, shopPage]);
      expect(asked.headers.get('access-control-allow-headers')).toContain('idempotency-key');
      const token = await harness.shop.sign(cappuccino('PAGE'));
      const { status, headers } = await post(url, { token, headers: { origin: shopPage } });
      expect([status, headers.get('access-control-allow-origin'), headers.get('vary')]).toEqual([
        ...[202, shopPage, 'origin'],
      ]);
      expect(headers.get('access-control-expose-headers')).toContain('location');
    });

    it('can read why it was refused', async () => {
      const { status, headers } = await post(url, { token: 'none', headers: { origin: 'http://localhost:5173' } });
      expect([status, headers.get('access-control-allow-origin')]).toEqual([401, 'http://localhost:5173']);
    });

    it('is no other page', async () => {
      const asked = await preflight('https://shop.example.evil.example');
      expect(asked.headers.get('access-control-allow-origin')).toBeNull();
      expect(asked.status).toBe(404);
    });
  });

  describe('that follows a payment session', () => {
    const asked = async (door = url) => {
      const orderId = `FOLLOW_${++count}`;
      const token = await harness.shop.sign(cappuccino(orderId));
      // A machine that is busy with many may refuse at first, and then the same key asks again.
      const { body } = await eventually(async () => {
        const answer = await post(door, { token, key: orderId });
        expect([answer.status, answer.body['code']]).toEqual([202, undefined]);
        return answer;
      });
      return { orderId, token, id: body.id };
    };
    const succeed = (orderId: string, id: string) =>
      harness.bus.say(payments, 'PaymentSucceeded', success(orderId, id));

    it('sees every change at once, and the stream ends with the payment', async () => {
      const { orderId, token, id } = await asked();
      const stream = await follow(url, id, token);
      expect(stream.headers.get('content-type')).toContain('text/event-stream');
      expect(stream.headers.get('cache-control')).toBe('no-store');
      await eventually(() => expect(stream.statuses()).toEqual(['requested']));
      await sayCreated(harness.bus, orderId, id, { sessionData: 'for the SDK' });
      await eventually(() => expect(stream.statuses()).toEqual(['requested', 'created']));
      expect(PaymentSessionView.parse(stream.views().at(-1))).toMatchObject({ id, sessionData: 'for the SDK' });
      await succeed(orderId, id);
      await stream.ended;
      expect(stream.statuses()).toEqual(['requested', 'created', 'succeeded']);
    });

    it('sees that the stream lives while there is no news', async () => {
      const { token, id } = await asked();
      const stream = await follow(url, id, token);
      await eventually(() => expect(stream.text().split(': still here').length).toBeGreaterThan(3));
      expect(stream.statuses()).toEqual(['requested']);
      stream.leave();
    });

    it('sees also what another instance has heard, and is let go politely when that one stops', async () => {
      const other = await harness.startAnother({ EVENT_STREAMS: '20' });
      const sessions = await Promise.all(Array.from({ length: 8 }, () => asked()));
      const streams = await Promise.all(sessions.map(({ id, token }) => follow(other.url, id, token)));
      for (const { orderId, id } of sessions) await succeed(orderId, id);
      await Promise.all(streams.map(({ ended }) => ended));
      for (const stream of streams)
        expect([stream.status, ...stream.statuses()]).toEqual([200, 'requested', 'succeeded']);
      const { token, id } = await asked();
      const last = await follow(other.url, id, token);
      await other.stop();
      await last.ended;
      expect(last.text()).toContain('retry: 1000');
    });

    it('has to wait while too many others follow', async () => {
      const { token, id } = await asked();
      const streams = [await follow(url, id, token), await follow(url, id, token)];
      const refused = await get(url, `/v1/payment-sessions/${id}/events`, token);
      expect([refused.status, refused.body['code'], refused.headers.get('retry-after')]).toEqual([
        ...[503, 'too_many_streams', '5'],
      ]);
      for (const stream of streams) stream.leave();
      await eventually(async () => {
        const next = await follow(url, id, token);
        next.leave();
        expect(next.status).toBe(200);
      });
    });

    it('follows its own only', async () => {
      const { id } = await asked();
      const { token } = await asked();
      const path = (name: string) => `/v1/payment-sessions/${name}/events`;
      const [foreign, unknown] = [await get(url, path(id), token), await get(url, path('ps_nobody'), token)];
      expect([foreign.status, foreign.text]).toEqual([404, unknown.text]);
    });
  });
});

/** A reader of server-sent events that keeps everything. */
async function follow(url: string, id: string, token: string) {
  const leaving = new AbortController();
  const response = await fetch(`${url}/v1/payment-sessions/${id}/events`, {
    headers: { authorization: `Bearer ${token}` },
    signal: leaving.signal,
  });
  let text = '';
  const read = async () => {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) text += chunk;
  };
  const ended = read();
  ended.catch(() => undefined);
  const views = () =>
    [...text.matchAll(/^event: payment-session\ndata: (.*)$/gm)].map(
      ([, data]) => JSON.parse(data!) as PaymentSessionView,
    );
  return {
    status: response.status,
    headers: response.headers,
    ended,
    text: () => text,
    views,
    statuses: () => views().map(({ status }) => status),
    leave: () => leaving.abort(),
  };
}
