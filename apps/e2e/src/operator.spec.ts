import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { orders, payments } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import { Shopper } from './shopper.js';
import { openWorld, type World } from './world.js';

const program = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url));

describe('an operator beside a running Kasir', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  }, 300_000);
  afterAll(() => world.stop(), 300_000);

  const kasir = (...args: string[]) => {
    const env = { PATH: process.env['PATH'], KASIR_FOLDER: world.folder };
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', env });
    return { status, said: stdout + stderr };
  };

  it('finds a message that nobody can read, and gives it up', async () => {
    await world.bus.sendRaw(payments, { key: 'O-poison', value: '{"note":"no event of ours"}' });
    const list = await eventually(() => {
      const answer = kasir('dead-letters', 'list', '--service', 'order', '--json');
      if (answer.said.trim() === '[]') throw new Error('the dead letter is not there yet');
      return answer;
    });
    expect(list.status).toBe(0);
    const [{ id } = { id: '' }] = JSON.parse(list.said) as { id: string }[];
    expect(kasir('dead-letters', 'show', id, '--service', 'order').said).toContain('no event of ours');
    expect(kasir('dead-letters', 'discard', id, '--service', 'order', '--reason', 'a drill')).toMatchObject({
      status: 0,
    });
    expect(kasir('dead-letters', 'list', '--service', 'order').said).toBe('order has no dead letters\n');
  }, 300_000);

  it('rebuilds what services know from what was said, and nothing new is said', async () => {
    for (const id of ['O-1', 'O-2']) {
      const shopper = new Shopper(world.kasir, id);
      await shopper.pay(await shopper.openSession());
    }
    await world.bus.expectHeard(orders, 'OrderPaid', 2);
    await world.bus.expectDrained('order', [payments]);
    const said = world.bus.heard(orders).length;

    const replay = kasir('replay', '--service', 'order', '--from', 'beginning', '--schema', 'rebuilt', '--json');
    expect(JSON.parse(replay.said)).toMatchObject({
      schema: 'rebuilt',
      outgoing: { equal: said, readBack: 0, different: 0, missing: 0, unsaid: 0 },
      rows: { orders: 2, received_payments: 2 },
    });
    expect(replay.status).toBe(0);
    await world.bus.expectDrained('fulfilment', [orders]);
    const coffees = kasir('replay', '--service', 'fulfilment', '--from', 'beginning', '--drop');
    expect(coffees.said).toContain('The replay says nothing new.');
    expect(coffees.said).toMatch(/^ +2 {2}coffees$/m);
    expect(kasir('replay', '--service', 'order', '--from', 'beginning', '--schema', 'rebuilt')).toEqual({
      status: 1,
      said: 'order cannot start: the schema rebuilt has tables: a replay fills an empty one; take another name\n',
    });
    expect(world.bus.heard(orders)).toHaveLength(said);
  }, 300_000);

  it('is told what to do where nothing runs', () => {
    const env = { PATH: process.env['PATH'], KASIR_FOLDER: join(world.folder, 'nowhere') };
    const { status, stdout } = spawnSync(
      process.execPath,
      [program, 'replay', '--service', 'order', '--from', 'beginning'],
      { encoding: 'utf8', env },
    );
    expect({ status, stdout }).toMatchObject({ status: 1, stdout: expect.stringContaining('npm start') as unknown });
  });
});
