import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { payments } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
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

  it('is told what to do where nothing runs', () => {
    const env = { PATH: process.env['PATH'], KASIR_FOLDER: join(world.folder, 'nowhere') };
    const { status, stdout } = spawnSync(process.execPath, [program, 'dead-letters', 'list', '--service', 'order'], {
      encoding: 'utf8',
      env,
    });
    expect({ status, stdout }).toMatchObject({ status: 1, stdout: expect.stringContaining('npm start') as unknown });
  });
});
