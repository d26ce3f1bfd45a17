import { createLogger, createMetrics, Health, startAdminServer } from '@kasir/platform';
import { z } from 'zod';
import { OperatorDoor } from './operator-door.js';
import { OperatorRefusal, operatorVerb } from './operator-verb.js';

const token = 'a-token-of-24-characters';
const verbs = {
  'coffee.make': operatorVerb({
    summary: 'makes a coffee',
    input: z.strictObject({ size: z.enum(['small', 'large']), cups: z.int().min(1).max(3).default(1) }),
    run: ({ size, cups }) => Promise.resolve({ made: `${cups} ${size}` }),
  }),
  'coffee.refund': operatorVerb({
    summary: 'gives the money back',
    input: z.strictObject({}),
    run: () => {
      throw new OperatorRefusal(409, 'coffee_drunk', 'it was drunk before');
    },
  }),
  burn: operatorVerb({
    summary: 'fails',
    input: z.strictObject({}),
    run: () => Promise.reject(new Error('the password is canary')),
  }),
  nothing: operatorVerb({ summary: 'says nothing', input: z.strictObject({}), run: () => undefined }),
};

describe("the operator's verbs", () => {
  const lines: string[] = [];
  const logger = createLogger('order', { destination: { write: (line) => lines.push(line) } });
  let stop: () => Promise<void>;
  let url: string;
  let door: OperatorDoor;

  const open = async (options: { token?: string } = { token }) => {
    door = new OperatorDoor({ service: 'order', token: options.token, logger });
    const metrics = createMetrics('order');
    const place = { service: 'order', port: 0, host: '127.0.0.1', health: new Health(), metrics };
    const server = await startAdminServer({ ...place, routes: door.routes });
    ({ url } = server);
    stop = () => server.stop();
  };
  afterEach(() => stop());

  const ask = async (path: string, init: RequestInit = {}, authorization = `Bearer ${token}`) => {
    const answer = await fetch(`${url}${path}`, { ...init, headers: { authorization, ...init.headers } });
    const type = answer.headers.get('content-type')?.split(';')[0];
    return { status: answer.status, type, body: (await answer.json()) as Record<string, unknown> };
  };
  const post = (verb: string, body: string, authorization?: string) =>
    ask(`/operator/${verb}`, { method: 'POST', body, headers: { 'content-type': 'application/json' } }, authorization);

  it('are listed, and done', async () => {
    await open();
    door.bind(verbs);
    expect((await ask('/operator')).body).toMatchObject({
      service: 'order',
      verbs: expect.arrayContaining([{ name: 'coffee.make', summary: 'makes a coffee' }]) as unknown,
    });
    expect(await post('coffee.make', '{"size":"large","cups":2}')).toEqual({
      status: 200,
      type: 'application/json',
      body: { made: '2 large' },
    });
    expect(lines.some((line) => line.includes('"verb":"coffee.make"'))).toBe(true);
    expect(await ask('/operator/nothing', { method: 'POST' })).toMatchObject({ status: 200, body: null });
  });

  it('are refused without the token, and with another one, and nothing is done', async () => {
    await open();
    door.bind(verbs);
    for (const [authorization, code] of [
      ['', 'token_missing'],
      ['Basic abc', 'token_missing'],
      ['Bearer a-token-of-24-characterz', 'token_wrong'],
      ['Bearer short', 'token_wrong'],
    ] as const)
      expect(await post('coffee.make', '{"size":"large"}', authorization)).toMatchObject({
        status: 401,
        type: 'application/problem+json',
        body: { code },
      });
    expect((await ask('/operator', {}, '')).status).toBe(401);
    expect((await ask('/operator/no/such/path', {}, '')).status).toBe(401);
  });

  it('are refused where nobody set a token, and say which setting it is', async () => {
    await open({});
    door.bind(verbs);
    expect(await post('coffee.make', '{"size":"large"}', 'Bearer undefined')).toMatchObject({
      status: 403,
      body: { code: 'operator_token_unset', detail: expect.stringContaining('OPERATOR_TOKEN') as unknown },
    });
  });

  it('name every field that is wrong, and repeat no value', async () => {
    await open();
    door.bind(verbs);
    const { status, body } = await post('coffee.make', '{"size":"canary","cups":9,"sugar":"canary"}');
    expect(status).toBe(422);
    expect((body['errors'] as { field: string }[]).map(({ field }) => field)).toEqual(['size', 'cups', 'sugar']);
    expect(JSON.stringify(body)).not.toContain('canary');
    expect((await ask('/operator/coffee.make', { method: 'POST' })).body).toMatchObject({
      errors: [{ field: 'size', message: 'is required' }],
    });
  });

  it('say no with their own code, and are unknown by any other name', async () => {
    await open();
    door.bind(verbs);
    expect(await post('coffee.refund', '{}')).toMatchObject({
      status: 409,
      type: 'application/problem+json',
      body: { code: 'coffee_drunk', detail: 'it was drunk before' },
    });
    expect(await post('tea.make', '{}')).toMatchObject({
      status: 404,
      body: { code: 'unknown_verb', detail: 'order can do: coffee.make, coffee.refund, burn, nothing' },
    });
    for (const name of ['constructor', '__proto__', 'toString'])
      expect((await post(name, '{}')).body).toMatchObject({ code: 'unknown_verb' });
  });

  it('refuse a body that is no JSON or hides a prototype', async () => {
    await open();
    door.bind(verbs);
    for (const body of ['{"size":', '{"__proto__":{"size":"large"}}'])
      expect(await post('coffee.make', body)).toMatchObject({ status: 400, type: 'application/problem+json' });
  });

  it('tell nothing of a fault of ours but where to find it in the log', async () => {
    await open();
    door.bind(verbs);
    const { status, body } = await post('burn', '{}');
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('canary');
    expect(lines.some((line) => line.includes(String(body['traceId'])))).toBe(true);
  });

  it('wait for the service, while its other doors are open', async () => {
    await open();
    expect(await post('coffee.make', '{"size":"large"}')).toMatchObject({ status: 503, body: { code: 'starting' } });
    expect((await ask('/live')).status).toBe(200);
    expect((await fetch(`${url}/metrics`)).status).toBe(200);
    door.bind(verbs);
    expect((await post('coffee.make', '{"size":"large"}')).status).toBe(200);
  });

  it('have names that fit into a URL', async () => {
    await open();
    for (const name of ['make coffee', 'Make', 'coffee/make', 'a.b.c'])
      expect(() => door.bind({ [name]: verbs.nothing })).toThrow(name);
  });
});
