import { once } from 'node:events';
import { connect } from 'node:net';
import { payments, paymentSessions, sessionRequests } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import {
  cappuccino,
  type Gateway,
  get,
  type Harness,
  openHarness,
  payment,
  post,
  sayCreated,
  siamBank,
  thb,
} from './harness.specs.js';
import { type Line, openBrokerLine, openLine } from './proxies.specs.js';

const problem = async (url: string, token: string, key: string) => {
  const began = performance.now();
  const { status, headers, body } = await post(url, { token, key });
  return { status, code: body['code'], retryAfter: headers.get('retry-after'), ms: performance.now() - began };
};

describe('when PostgreSQL is away, the gateway', () => {
  let harness: Harness;
  let line: Line;
  let url: string;

  beforeAll(async () => {
    harness = await openHarness({
      databaseUrl: async (direct) => {
        const there = new URL(direct);
        line = await openLine(there.hostname, Number(there.port || 5432));
        there.hostname = '127.0.0.1';
        there.port = String(line.port);
        return there.href;
      },
    });
    url = harness.gateway.url;
  });
  afterAll(async () => {
    await harness.stop();
    await line.close();
  });

  it('says so and asks to come again; then the same key works, and the news that came meanwhile is applied', async () => {
    const token = await harness.shop.sign(cappuccino('AWAY'));
    const { body } = await post(url, { token, key: 'before' });
    await line.cut();

    const answer = await problem(url, token, 'during');
    expect(answer).toMatchObject({ status: 503, code: 'storage_unavailable', retryAfter: '2' });
    expect((await get(url, `/v1/payment-sessions/${body.id}`, token)).status).toBe(503);
    expect((await get(url, '/v1/orders/AWAY', token)).status).toBe(503);
    await sayCreated(harness.bus, 'AWAY', body.id);
    await eventually(() => expect(harness.logs.join('')).toContain('could not be applied and is tried again'));

    await line.mend();
    await eventually(async () => expect((await problem(url, token, 'during')).status).toBe(202));
    await eventually(async () =>
      expect((await get(url, `/v1/payment-sessions/${body.id}`, token)).body['status']).toBe('created'),
    );
    expect(await harness.rows(`select 1 from payment_sessions where order_id = 'AWAY'`)).toHaveLength(2);
    expect(await harness.rows('select 1 from dead_letters')).toHaveLength(0);
  });

  it('answers who waits with what is certain: the session was asked for', async () => {
    const token = await harness.shop.sign(cappuccino('WAITING'));
    const asked = post(url, { token, wait: 1 });
    await eventually(() => expect(harness.bus.heard(sessionRequests).map(({ key }) => key)).toContain('WAITING'));
    await line.cut();
    expect((await asked).status).toBe(202);
    await line.mend();
    await eventually(async () => expect((await get(url, '/v1/orders/WAITING', token)).status).toBe(200));
  });

  it('does not hang with a database that hangs', async () => {
    const token = await harness.shop.sign(cappuccino('HANGS'));
    line.freeze();
    const answer = await problem(url, token, 'frozen');
    line.thaw();
    expect(answer).toMatchObject({ status: 503, code: 'storage_unavailable' });
    expect(answer.ms).toBeLessThan(11_000);
    await eventually(async () => expect((await problem(url, token, 'frozen')).status).toBe(202));
    expect(await harness.rows(`select 1 from payment_sessions where order_id = 'HANGS'`)).toHaveLength(1);
  });
});

describe('when the broker is silent, the gateway', () => {
  let harness: Harness;
  let line: Line;
  let url: string;

  beforeAll(async () => {
    harness = await openHarness({
      brokers: async ([broker = '']) => {
        line = await openBrokerLine(broker);
        return [`127.0.0.1:${line.port}`];
      },
    });
    url = harness.gateway.url;
  });
  afterAll(async () => {
    line.thaw();
    await harness.stop();
    await line.close();
  });

  it('takes what it can promise, then refuses and writes nothing, and goes on by itself', async () => {
    const token = await harness.shop.sign(cappuccino('SILENT'));
    line.freeze();
    expect((await post(url, { token, key: 'promised' })).status).toBe(202);

    const answer = await eventually(async () => {
      const latest = await problem(url, await harness.shop.sign(cappuccino('REFUSED')), `key-${Math.random()}`);
      expect(latest.status).toBe(503);
      return latest;
    });
    expect(answer).toMatchObject({ code: 'broker_silent', retryAfter: '5' });
    const written = async () => harness.rows('select id from payment_sessions');
    const before = await written();
    const keys = ['a', 'b', 'c'];
    for (const key of keys)
      expect((await problem(url, await harness.shop.sign(cappuccino('NOTHING')), key)).status).toBe(503);
    expect(await written()).toEqual(before);
    expect(await harness.rows(`select 1 from orders where id = 'NOTHING'`)).toHaveLength(0);
    const again = await post(url, { token, key: 'promised' });
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([202, 'true']);

    line.thaw();
    await eventually(async () =>
      expect((await problem(url, await harness.shop.sign(cappuccino('NOTHING')), 'a')).status).toBe(202),
    );
    await eventually(() => expect(harness.bus.heard(sessionRequests).map(({ key }) => key)).toContain('SILENT'));
  });
});

describe('among its messages, the gateway', () => {
  let harness: Harness;
  let url: string;

  beforeAll(async () => {
    harness = await openHarness();
    url = harness.gateway.url;
  });
  afterAll(() => harness.stop());

  it('keeps an unreadable one with its reason and goes on with the next', async () => {
    const token = await harness.shop.sign(cappuccino('POISON'));
    const { body } = await post(url, { token });
    await harness.bus.sendRaw(paymentSessions, { key: 'POISON', value: 'no JSON', headers: { ce_id: 'x' } });
    await sayCreated(harness.bus, 'POISON', body.id);
    await eventually(async () =>
      expect((await get(url, `/v1/payment-sessions/${body.id}`, token)).body['status']).toBe('created'),
    );
    const letters = await harness.rows<{ reason: string }>('select reason from dead_letters');
    expect(letters).toEqual([{ reason: expect.stringContaining('missing') }]);
  });

  it('passes over events about sessions that were never asked for here', async () => {
    await harness.bus.say(payments, 'PaymentPending', {
      ...payment('FOREIGN', 'ps_foreign'),
      ...{ amount: thb('160'), cause: 'bank' },
    });
    await harness.bus.expectDrained('gateway', [payments]);
    expect(await harness.rows('select 1 from dead_letters where topic like $1', ['%payments.v1'])).toHaveLength(0);
  });

  it('believes a proxy about the caller’s address only where it was told to', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9' };
    const behind = await harness.startAnother({ TRUSTED_PROXIES: '127.0.0.0/8' });
    await post(url, { token: await harness.shop.sign(cappuccino('DIRECT')), headers });
    await post(behind.url, { token: await harness.shop.sign(cappuccino('PROXIED')), headers });
    const ipOf = (id: string) => harness.bus.heard(sessionRequests).find(({ key }) => key === id)?.data['clientIp'];
    await eventually(() => expect([ipOf('DIRECT'), ipOf('PROXIED')]).toEqual(['127.0.0.1', '203.0.113.9']));
    await behind.stop();
  });

  it('does not wait for connections that never asked for anything when it stops', async () => {
    const leaving = await harness.startAnother();
    const { hostname, port } = new URL(leaving.url);
    const silent = connect(Number(port), hostname);
    await once(silent, 'connect');
    await (await fetch(`${leaving.url}/v1/nothing`)).text();
    const began = performance.now();
    const hungUp = once(silent.resume(), 'close');
    await leaving.stop();
    expect(performance.now() - began).toBeLessThan(15_000);
    await hungUp;
  });

  describe('beside another instance', () => {
    let other: Gateway;
    beforeAll(async () => {
      other = await harness.startAnother();
    });

    it('hears the answer for a caller who waits at another instance', async () => {
      const ids = Array.from({ length: 8 }, (_, index) => `TWO_${index}`);
      const asked = ids.map(async (id) => post(url, { token: await harness.shop.sign(cappuccino(id)), wait: 30 }));
      for (const id of ids) {
        const event = await eventually(() => {
          const found = harness.bus.heard(sessionRequests).find(({ key }) => key === id);
          if (found === undefined) throw new Error(`nothing is heard of ${id}`);
          return found;
        });
        await sayCreated(harness.bus, id, String(event.data['paymentSessionId']));
      }
      expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(ids.map(() => 201));
    });

    it('gives one session to one key at two instances', async () => {
      const token = await harness.shop.sign(cappuccino('BOTH'));
      const doors = [url, other.url, url, other.url, url, other.url];
      const answers = await Promise.all(doors.map((door) => post(door, { token, key: 'both', body: siamBank })));
      expect(answers.map(({ status }) => status)).toEqual(doors.map(() => 202));
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    });

    it('sends nobody away empty-handed when it stops', async () => {
      const token = await harness.shop.sign(cappuccino('STOP'));
      const asked = post(other.url, { token, wait: 30 });
      await eventually(() => expect(harness.bus.heard(sessionRequests).map(({ key }) => key)).toContain('STOP'));
      const began = performance.now();
      const stopped = other.stop();
      const { status, headers } = await asked;
      expect(status).toBe(202);
      expect(performance.now() - began).toBeLessThan(15_000);
      await stopped;
      const again = await get(url, headers.get('location')!, token);
      expect(again.body['status']).toBe('requested');
    });
  });
});
