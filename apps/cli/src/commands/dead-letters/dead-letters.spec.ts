import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { payments } from '@kasir/contracts';
import { eventually, startUnderTest, type UnderTest } from '@kasir/testing';
import { run } from '../../run.js';
import { commands } from '../table.js';
import { applied, stubbornOrder, trouble } from './stubborn-order.specs.js';

let world: UnderTest;
let folder: string;
let said: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kasir-cli-'));
  world = await startUnderTest(stubbornOrder, { listenTo: [] });
});
afterAll(async () => {
  await world.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  said = [];
});

/** @param env instead of the settings that lead to the service */
const kasir = (args: string[], env?: Record<string, string>) =>
  run(args, commands, {
    env: env ?? {
      KASIR_FOLDER: folder,
      KASIR_ORDER_ADMIN_URL: `${world.service.adminUrl}/`,
      KASIR_OPERATOR_TOKEN: world.config.OPERATOR_TOKEN ?? '',
    },
    say: (text) => said.push(text),
  });
const letters = async (state = 'kept') => {
  await kasir(['dead-letters', 'list', '--service', 'order', '--state', state, '--json']);
  return JSON.parse(said.pop()!) as { id: string; key: string; waiting: number; reason: string }[];
};
const letterOf = async (key: string) => (await letters()).find((letter) => letter.key === key);

/** Payments of one order, the first of which meets a bug. */
async function poison(orderId: string, paymentIds: readonly string[]): Promise<string> {
  trouble.add(paymentIds[0]!);
  for (const paymentId of paymentIds) await world.bus.say(payments, 'PaymentPending', pending(orderId, paymentId));
  return eventually(async () => {
    const letter = await letterOf(orderId);
    if (letter?.waiting !== paymentIds.length - 1) throw new Error('not all of them wait yet');
    return letter.id;
  });
}

const pending = (orderId: string, paymentId: string) => ({
  orderId,
  paymentSessionId: `ps_${orderId}`,
  paymentId,
  amount: { value: '160', currency: 'THB' },
  cause: 'bank' as const,
});

describe('kasir dead-letters', () => {
  it('says so where there are none', async () => {
    expect(await kasir(['dead-letters', 'list', '--service', 'order', '--state', 'discarded'])).toBe(0);
    expect(said).toEqual(['order has no dead letters']);
  });

  it('lists them, shows one with its body, and redrives it with what waited, in order', async () => {
    const id = await poison('order-1', ['pay-1a', 'pay-1b', 'pay-1c']);

    expect(await kasir(['dead-letters', 'list', '--service', 'order'])).toBe(0);
    expect(said[0]).toMatch(/^id +died at +topic +key +event +waiting +why\n/);
    expect(said[0]).toMatch(/payments\.v1 +order-1 +PaymentPending +2 +Unprocessable: a bug about pay-1a$/m);

    expect(await kasir(['dead-letters', 'show', id, '--service', 'order'])).toBe(0);
    expect(said[1]).toMatch(/ce_type +PaymentPending/);
    expect(said[1]!.split('\n\n')[1]).toBe(JSON.stringify(pending('order-1', 'pay-1a')));

    trouble.clear();
    const order = ['--service', 'order', '--by', 'Mika', '--reason', 'the bug is fixed'];
    expect(await kasir(['dead-letters', 'redrive', id, ...order])).toBe(0);
    expect(said[2]).toBe(`dead letter ${id} is applied; 2 that waited for it are applied, too`);
    expect(applied).toEqual(['pay-1a', 'pay-1b', 'pay-1c']);

    await kasir(['dead-letters', 'show', id, '--service', 'order']);
    expect(said[3]).toMatch(/^redrive +\S+ by Mika: the bug is fixed \(applied in turn\)$/m);
    expect(await kasir(['dead-letters', 'redrive', id, ...order])).toBe(1);
    expect(said[4]).toBe(`order: dead letter ${id} was redriven before`);
  });

  it('says that a redrive did not help, and keeps the letter', async () => {
    const id = await poison('order-2', ['pay-2']);
    expect(await kasir(['dead-letters', 'redrive', id, '--service', 'order', '--reason', 'to see'])).toBe(1);
    expect(said[0]).toBe(`dead letter ${id} cannot be applied this time either: Unprocessable: a bug about pay-2`);
    expect(await letterOf('order-2')).toMatchObject({ id });
  });

  it('discards one in the name of whoever sits there, and what waited is applied', async () => {
    const id = await poison('order-3', ['pay-3a', 'pay-3b']);
    expect(await kasir(['dead-letters', 'discard', id, '--service', 'order', '--reason', 'a test'])).toBe(0);
    expect(said[0]).toBe(`dead letter ${id} is given up; 1 that waited for it are applied, too`);
    expect(applied).not.toContain('pay-3a');
    expect(applied).toContain('pay-3b');
    const audit = await world.rows('select action, acted_by, reason from dead_letter_actions where reason = $1', [
      'a test',
    ]);
    expect(audit).toEqual([{ action: 'discard', acted_by: userInfo().username, reason: 'a test' }]);
    expect((await letters('discarded')).map((letter) => letter.id)).toEqual([id]);
  });

  it('tells when another of those that waited meets the bug', async () => {
    const id = await poison('order-4', ['pay-4a', 'pay-4b', 'pay-4c']);
    trouble.add('pay-4b');
    trouble.delete('pay-4a');
    expect(await kasir(['dead-letters', 'redrive', id, '--service', 'order', '--reason', 'half fixed'])).toBe(0);
    expect(said[0]).toMatch(/of those that waited 0 are applied, the next one is dead letter \d+ and the rest waits/);
  });

  it('are counted for monitoring, with the age of the oldest and what waits behind them', async () => {
    await poison('order-6', ['pay-6a', 'pay-6b']);
    const metrics = await (await fetch(`${world.service.adminUrl}/metrics`)).text();
    for (const name of ['kasir_dead_letters', 'kasir_dead_letters_oldest_seconds', 'kasir_waiting_messages'])
      expect(Number(new RegExp(`^${name}\\{[^}]*\\} (\\S+)$`, 'm').exec(metrics)?.[1])).toBeGreaterThan(0);
  });

  it('keeps what a stranger wrote from moving the cursor', async () => {
    await world.bus.sendRaw(payments, { key: 'order-5', value: 'no JSON \u001b[2J at all' });
    const letter = await eventually(async () => {
      const found = await letterOf('order-5');
      if (found === undefined) throw new Error('it is not there yet');
      return found;
    });
    expect(await kasir(['dead-letters', 'show', letter.id, '--service', 'order'])).toBe(0);
    expect(said[0]).toContain('no JSON \u00b7[2J at all');
  });

  it.each([
    [['list'], 2, '--service is needed: one of gateway, payment-session'],
    [['list', '--service', 'kitchen'], 2, '--service is needed'],
    [['redrive', '1', '--service', 'order'], 2, '--reason is needed'],
    [['discard', '1', '--service', 'order', '--reason', ' '], 2, '--reason is needed'],
    [['show', '404', '--service', 'order'], 1, 'order: there is no dead letter 404'],
    [['show', 'first', '--service', 'order'], 1, 'order: id must be the number of a dead letter'],
    [['list', '--service', 'order', '--state', 'lost'], 1, 'order: state '],
  ])('says what is wrong with %j', async (words, code, message) => {
    expect(await kasir(['dead-letters', ...words])).toBe(code);
    expect(said[0]).toContain(message);
  });
});

describe('the way from kasir to a service', () => {
  const list = ['dead-letters', 'list', '--service', 'order'];
  const nowhere = { KASIR_FOLDER: join('/', 'nowhere') };

  it('leads beside npm start without being told', async () => {
    const { adminUrl } = world.service;
    const content = { token: world.config.OPERATOR_TOKEN, services: { order: { adminUrl, settings: {} } } };
    writeFileSync(join(folder, 'operator.json'), JSON.stringify(content));
    expect(await kasir([...list, '--state', 'redriven'], { KASIR_FOLDER: folder })).toBe(0);
    expect(await kasir([...list, '--url', adminUrl], { KASIR_FOLDER: folder })).toBe(0);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['nothing runs', {}, /^nothing says where order is: start .* npm start, or set KASIR_ORDER_ADMIN_URL and KASIR_OP/],
    [
      'the token is missing',
      { KASIR_ORDER_ADMIN_URL: 'http://127.0.0.1:1' },
      /^KASIR_OPERATOR_TOKEN is not set: it is/,
    ],
    [
      'nobody answers',
      { KASIR_ORDER_ADMIN_URL: 'http://127.0.0.1:1', KASIR_OPERATOR_TOKEN: 'x' },
      /^order does not answer at http:\/\/127.0.0.1:1 \(.+\): start it, or say where it is with --url or KASIR_ORDER/,
    ],
  ])('ends with what to do where %s', async (_, env, message) => {
    expect(await kasir(list, { ...nowhere, ...env })).toBe(1);
    expect(said[0]).toMatch(message);
  });

  it('ends with what to do where the token is another one, or the door is', async () => {
    const KASIR_ORDER_ADMIN_URL = world.service.adminUrl;
    expect(await kasir(list, { ...nowhere, KASIR_ORDER_ADMIN_URL, KASIR_OPERATOR_TOKEN: 'guessed' })).toBe(1);
    expect(said[0]).toMatch(/^order: the token is not its own; KASIR_OPERATOR_TOKEN must be the OPERATOR_TOKEN/);
    const elsewhere = `${KASIR_ORDER_ADMIN_URL}/live`;
    expect(await kasir(list, { ...nowhere, KASIR_ORDER_ADMIN_URL: elsewhere, KASIR_OPERATOR_TOKEN: 'x' })).toBe(1);
    expect(said[1]).toMatch(/^order: /);
  });
});
