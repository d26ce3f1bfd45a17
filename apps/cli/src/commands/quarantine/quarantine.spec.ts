import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { run } from '../../run.js';
import { commands } from '../table.js';

/** What the ear answers to its verbs, on paper. */
let answers: Record<string, unknown>;
let ear: Server;
let said: string[];
let asked: { verb: string; input: unknown }[];

beforeAll(async () => {
  ear = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const verb = request.url?.replace('/operator/', '') ?? '';
      asked.push({ verb, input: JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown });
      const known = answers[verb];
      const problem = { code: 'no_such_payment', detail: 'nobody has announced ps_404' };
      response.writeHead(known === undefined ? 404 : 200).end(JSON.stringify(known ?? problem));
    });
  });
  await new Promise<void>((resolve) => ear.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => ear.close(resolve)));
beforeEach(() => {
  [said, asked, answers] = [[], [], {}];
});

const kasir = (...args: string[]) =>
  run(args, commands, {
    env: {
      KASIR_NOTIFICATION_ADMIN_URL: `http://127.0.0.1:${(ear.address() as AddressInfo).port}`,
      KASIR_OPERATOR_TOKEN: 'a token that is long enough',
    },
    say: (text) => said.push(text),
  });

const since = '2026-03-01T10:00:00.000Z';

describe('what an operator asks of the ear', () => {
  it('asks Antom about a payment and its refunds', async () => {
    answers = { inquire: { paymentSessionId: 'ps_1', orderId: 'O-1', believed: 'expired', refunds: ['rf_1'] } };
    expect(await kasir('inquire', 'ps_1')).toBe(0);
    expect(asked).toEqual([{ verb: 'inquire', input: { paymentSessionId: 'ps_1' } }]);
    expect(said[0]).toBe(
      'Antom is asked about ps_1 of order O-1; until it answers it counts as expired\nand about its refund rf_1',
    );
  });

  it('says no for a payment that nobody has announced', async () => {
    expect(await kasir('inquire', 'ps_404')).toBe(1);
    expect(said).toEqual(['notification: nobody has announced ps_404']);
  });

  it('lists the quarantine, and which bodies are not kept', async () => {
    const item = { receivedAt: since, reason: 'signature does not match', path: '/webhooks', sha256: 'ab'.repeat(32) };
    answers = {
      'quarantine.list': [
        { ...item, position: '2', bytes: null },
        { ...item, position: '1', bytes: 700 },
      ],
    };
    expect(await kasir('quarantine', 'list', '--limit', '2')).toBe(0);
    expect(asked).toEqual([{ verb: 'quarantine.list', input: { limit: 2 } }]);
    expect(said[0]?.split('\n')).toEqual([
      expect.stringMatching(/^number +came at/),
      expect.stringMatching(/^2 .*not kept +abababababababab +\/webhooks +signature does not match$/),
      expect.stringMatching(/^1 .* 700 /),
    ]);
  });

  it('says how many webhooks a new key has verified', async () => {
    answers = { 'quarantine.recheck': { checked: 7, verified: 3, failed: [] } };
    expect(await kasir('quarantine', 'recheck')).toBe(0);
    expect(said).toEqual(['3 of 7 webhooks are verified now, and heard']);
  });

  it('names a webhook that is verified and could not be heard', async () => {
    answers = {
      'quarantine.recheck': { checked: 2, verified: 1, failed: [{ position: '12', reason: 'too many connections' }] },
    };
    expect(await kasir('quarantine', 'recheck')).toBe(1);
    expect(said.join('\n')).toContain('number 12 could not be heard and stays: too many connections');
  });

  it('shows what waits, since when, and what is of another deployment', async () => {
    answers = {
      'waiting-news': {
        waiting: [{ about: 'payment', id: 'ps_1', kind: 'succeeded', since, overdue: true }],
        foreign: [{ about: 'succeeded staging_1', receivedAt: since }],
      },
    };
    expect(await kasir('waiting-news')).toBe(0);
    expect(said[0]).toMatch(/yes +payment +ps_1 +succeeded\n\ncame at +of another deployment\n.*succeeded staging_1$/);
  });

  it.each([
    [['quarantine', 'list'], { 'quarantine.list': [] }, 'the quarantine is empty'],
    [['waiting-news'], { 'waiting-news': { waiting: [], foreign: [] } }, 'no news waits'],
  ])('says so when there is nothing: %j', async (args, nothing, sentence) => {
    answers = nothing;
    expect(await kasir(...args)).toBe(0);
    expect(said).toEqual([sentence]);
  });

  it.each([
    [['inquire', 'ps_1'], 'inquire'],
    [['quarantine', 'list'], 'quarantine.list'],
    [['quarantine', 'recheck'], 'quarantine.recheck'],
    [['waiting-news'], 'waiting-news'],
  ])('prints the answer as it is when JSON is wanted: %j', async (args, verb) => {
    const answer = { as: 'it is', failed: [] };
    answers = { [verb]: answer };
    expect(await kasir(...args, '--json')).toBe(0);
    expect(JSON.parse(said[0]!)).toEqual(answer);
  });
});
