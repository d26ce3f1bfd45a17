import { once } from 'node:events';
import { connect } from 'node:net';
import { payments, paymentSessions, sessionRequests } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import {
  cappuccino,
  type Gateway,
  get,
  type Lab,
  openLab,
  payment,
  post,
  sayCreated,
  siamBank,
  thb,
} from './lab.specs.js';
import { type Line, openBrokerLine, openLine } from './proxies.specs.js';

const problem = async (url: string, token: string, key: string) => {
  const began = performance.now();
  const { status, headers, body } = await post(url, { token, key });
  return { status, code: body['code'], retryAfter: headers.get('retry-after'), ms: performance.now() - began };
};

describe('when PostgreSQL is away, the gateway', () => {
  let lab: Lab;
  let line: Line;
  let url: string;

  beforeAll(async () => {
    lab = await openLab({
      databaseUrl: async (direct) => {
        const there = new URL(direct);
        line = await openLine(there.hostname, Number(there.port || 5432));
        there.hostname = '127.0.0.1';
        there.port = String(line.port);
        return there.href;
      },
    });
    url = lab.gateway.url;
  });
  afterAll(async () => {
    await lab.stop();
    await line.close();
  });

  it('says so and asks to come again; then the same key works, and the news that came meanwhile is applied', async () => {
    const token = await lab.shop.sign(cappuccino('AWAY'));
    const { body } = await post(url, { token, key: 'before' });
    await line.cut();

    const answer = await problem(url, token, 'during');
    expect(answer).toMatchObject({ status: 503, code: 'storage_unavailable', retryAfter: '2' });
    expect((await get(url, `/v1/payment-sessions/${body.id}`, token)).status).toBe(503);
    expect((await get(url, '/v1/orders/AWAY', token)).status).toBe(503);
    await sayCreated(lab.bus, 'AWAY', body.id);
    await eventually(() => expect(lab.logs.join('')).toContain('could not be applied and is tried again'));

    await line.mend();
    await eventually(async () => expect((await problem(url, token, 'during')).status).toBe(202));
    await eventually(async () =>
      expect((await get(url, `/v1/payment-sessions/${body.id}`, token)).body['status']).toBe('created'),
    );
    expect(await lab.rows(`select 1 from payment_sessions where order_id = 'AWAY'`)).toHaveLength(2);
    expect(await lab.rows('select 1 from dead_letters')).toHaveLength(0);
  });

  it('answers who waits with what is certain: the session was asked for', async () => {
    const token = await lab.shop.sign(cappuccino('WAITING'));
    const asked = post(url, { token, wait: 1 });
    await eventually(() => expect(lab.bus.heard(sessionRequests).map(({ key }) => key)).toContain('WAITING'));
    await line.cut();
    expect((await asked).status).toBe(202);
    await line.mend();
    await eventually(async () => expect((await get(url, '/v1/orders/WAITING', token)).status).toBe(200));
  });

  it('does not hang with a database that hangs', async () => {
    const token = await lab.shop.sign(cappuccino('HANGS'));
    line.freeze();
    const answer = await problem(url, token, 'frozen');
    line.thaw();
    expect(answer).toMatchObject({ status: 503, code: 'storage_unavailable' });
    expect(answer.ms).toBeLessThan(11_000);
    await eventually(async () => expect((await problem(url, token, 'frozen')).status).toBe(202));
    expect(await lab.rows(`select 1 from payment_sessions where order_id = 'HANGS'`)).toHaveLength(1);
  });
});

describe('when the broker is silent, the gateway', () => {
  let lab: Lab;
  let line: Line;
  let url: string;

  beforeAll(async () => {
    lab = await openLab({
      brokers: async ([broker = '']) => {
        line = await openBrokerLine(broker);
        return [`127.0.0.1:${line.port}`];
      },
    });
    url = lab.gateway.url;
  });
  afterAll(async () => {
    line.thaw();
    await lab.stop();
    await line.close();
  });

  it('takes what it can promise, then refuses and writes nothing, and goes on by itself', async () => {
    const token = await lab.shop.sign(cappuccino('SILENT'));
    line.freeze();
    expect((await post(url, { token, key: 'promised' })).status).toBe(202);

    const answer = await eventually(async () => {
      const latest = await problem(url, await lab.shop.sign(cappuccino('REFUSED')), `key-${Math.random()}`);
      expect(latest.status).toBe(503);
      return latest;
    });
    expect(answer).toMatchObject({ code: 'broker_silent', retryAfter: '5' });
    const written = async () => lab.rows('select id from payment_sessions');
    const before = await written();
    const keys = ['a', 'b', 'c'];
    for (const key of keys)
      expect((await problem(url, await lab.shop.sign(cappuccino('NOTHING')), key)).status).toBe(503);
    expect(await written()).toEqual(before);
    expect(await lab.rows(`select 1 from orders where id = 'NOTHING'`)).toHaveLength(0);
    const again = await post(url, { token, key: 'promised' });
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([202, 'true']);

    line.thaw();
    await eventually(async () =>
      expect((await problem(url, await lab.shop.sign(cappuccino('NOTHING')), 'a')).status).toBe(202),
    );
    await eventually(() => expect(lab.bus.heard(sessionRequests).map(({ key }) => key)).toContain('SILENT'));
  });
});

describe('among its messages, the gateway', () => {
  let lab: Lab;
  let url: string;

  beforeAll(async () => {
    lab = await openLab();
    url = lab.gateway.url;
  });
  afterAll(() => lab.stop());

  it('keeps an unreadable one with its reason and goes on with the next', async () => {
    const token = await lab.shop.sign(cappuccino('POISON'));
    const { body } = await post(url, { token });
    await lab.bus.sendRaw(paymentSessions, { key: 'POISON', value: 'no JSON', headers: { ce_id: 'x' } });
    await sayCreated(lab.bus, 'POISON', body.id);
    await eventually(async () =>
      expect((await get(url, `/v1/payment-sessions/${body.id}`, token)).body['status']).toBe('created'),
    );
    const letters = await lab.rows<{ reason: string }>('select reason from dead_letters');
    expect(letters).toEqual([{ reason: expect.stringContaining('missing') }]);
  });

  it('passes over events about sessions that were never asked for here', async () => {
    await lab.bus.say(payments, 'PaymentPending', {
      ...payment('FOREIGN', 'ps_foreign'),
      ...{ amount: thb('160'), cause: 'bank' },
    });
    await lab.bus.expectDrained('gateway', [payments]);
    expect(await lab.rows('select 1 from dead_letters where topic like $1', ['%payments.v1'])).toHaveLength(0);
  });

  it('believes a proxy about the caller’s address only where it was told to', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9' };
    const behind = await lab.startAnother({ TRUSTED_PROXIES: '127.0.0.0/8' });
    await post(url, { token: await lab.shop.sign(cappuccino('DIRECT')), headers });
    await post(behind.url, { token: await lab.shop.sign(cappuccino('PROXIED')), headers });
    const ipOf = (id: string) => lab.bus.heard(sessionRequests).find(({ key }) => key === id)?.data['clientIp'];
    await eventually(() => expect([ipOf('DIRECT'), ipOf('PROXIED')]).toEqual(['127.0.0.1', '203.0.113.9']));
    await behind.stop();
  });

  it('does not wait for connections that never asked for anything when it stops', async () => {
    const leaving = await lab.startAnother();
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
      other = await lab.startAnother();
    });

    it('hears the answer for a caller who waits at another instance', async () => {
      const ids = Array.from({ length: 8 }, (_, index) => `TWO_${index}`);
      const asked = ids.map(async (id) => post(url, { token: await lab.shop.sign(cappuccino(id)), wait: 30 }));
      for (const id of ids) {
        const event = await eventually(() => {
          const found = lab.bus.heard(sessionRequests).find(({ key }) => key === id);
          if (found === undefined) throw new Error(`nothing is heard of ${id}`);
          return found;
        });
        await sayCreated(lab.bus, id, String(event.data['paymentSessionId']));
      }
      expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(ids.map(() => 201));
    });

    it('gives one session to one key at two instances', async () => {
      const token = await lab.shop.sign(cappuccino('BOTH'));
      const doors = [url, other.url, url, other.url, url, other.url];
      const answers = await Promise.all(doors.map((door) => post(door, { token, key: 'both', body: siamBank })));
      expect(answers.map(({ status }) => status)).toEqual(doors.map(() => 202));
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    });

    it('sends nobody away empty-handed when it stops', async () => {
      const token = await lab.shop.sign(cappuccino('STOP'));
      const asked = post(other.url, { token, wait: 30 });
      await eventually(() => expect(lab.bus.heard(sessionRequests).map(({ key }) => key)).toContain('STOP'));
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
