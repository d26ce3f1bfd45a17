import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../..', import.meta.url));
const alive = 'setInterval(() => {}, 1000);';

class Service {
  out = '';
  err = '';
  private readonly child: ChildProcessByStdio<null, Readable, Readable>;

  constructor(main: string, env: Record<string, string> = {}, options = '') {
    const code = `
      import { runService, loadConfig, setting } from ${JSON.stringify(`${folder}/dist/index.js`)};
      ${alive}
      await runService({ service: 'order', main: async ({ env, logger, fail, signal }) => { ${main} }, ${options} });`;
    this.child = spawn(process.execPath, ['--input-type=module', '-e', code], {
      env: { ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => (this.out += text));
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => (this.err += text));
  }

  async says(words: string): Promise<void> {
    while (!this.out.includes(words)) await once(this.child.stdout, 'data');
  }
  closeOutput(): void {
    this.child.stdout.destroy();
  }
  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }
  async end(): Promise<unknown> {
    const [code] = (await once(this.child, 'close')) as unknown[];
    return code;
  }
  messages(): string[] {
    return this.out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { message: string }).message);
  }
}

describe('a service as a process', () => {
  beforeAll(() => {
    const tsc = fileURLToPath(new URL('../../../../node_modules/.bin/tsc', import.meta.url));
    execFileSync(tsc, ['-b'], { cwd: folder });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('stops on %s, finishes what it began, and exits with 0', async (signal) => {
    const service = new Service(`return { stop: async () => logger.info('last words') };`);
    await service.says('order runs');
    service.signal(signal);
    service.signal(signal);
    expect(await service.end()).toBe(0);
    expect(service.messages()).toEqual(['order runs', 'order is stopping', 'last words', 'order has stopped']);
  });

  it('that is told to stop while it starts does so as soon as it has started', async () => {
    const service = new Service(`
      logger.info('starting');
      await new Promise((resolve) => process.once('SIGTERM', resolve));
      return { stop: async () => logger.info('last words') };`);
    await service.says('starting');
    service.signal('SIGTERM');
    expect(await service.end()).toBe(0);
    expect(service.messages()).toEqual(['starting', 'order is stopping', 'last words', 'order has stopped']);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('that gives up its start on %s exits with 0', async (name) => {
    const service = new Service(`
      logger.info('waits for its database');
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));`);
    await service.says('waits for its database');
    service.signal(name);
    expect(await service.end()).toBe(0);
    expect(service.messages()).toEqual(['waits for its database', 'order is stopping', 'order has stopped']);
  });

  it('that fails while it gives up its start tells why, and exits with 0', async () => {
    const service = new Service(`
      logger.info('starting');
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw new Error('half open');`);
    await service.says('starting');
    service.signal('SIGTERM');
    expect(await service.end()).toBe(0);
    expect(service.out).toContain('half open');
    expect(service.messages().at(-1)).toBe('order has stopped');
  });

  it('that cannot stop in time is ended, and says so', async () => {
    const service = new Service(`return { stop: () => new Promise(() => {}) };`, {}, 'stopWithinMs: 50');
    await service.says('order runs');
    service.signal('SIGTERM');
    expect(await service.end()).toBe(1);
    expect(service.messages().at(-1)).toBe('order did not stop within 50 ms');
  });

  it('that fails while it stops exits with 1', async () => {
    const service = new Service(`return { stop: async () => { throw new Error('still full'); } };`);
    await service.says('order runs');
    service.signal('SIGTERM');
    expect(await service.end()).toBe(1);
    expect(service.out).toContain('still full');
  });

  it('with a wrong configuration exits with 1 after one line', async () => {
    const service = new Service(
      `loadConfig('order', { PORT: setting.port({ description: 'x' }) }, env); return { stop: async () => {} };`,
      { PORT: 'eighty' },
    );
    expect(await service.end()).toBe(1);
    expect(service.out).toBe('');
    expect(service.err).toBe(
      'order cannot start: PORT must be a port number from 0 to 65535 (it is "eighty"), for example PORT=3000\n',
    );
  });

  it('knows its log level from the environment', async () => {
    const wrong = new Service('return { stop: async () => {} };', { LOG_LEVEL: 'loud' });
    expect(await wrong.end()).toBe(1);
    expect(wrong.err).toMatch(/^order cannot start: LOG_LEVEL .*\n$/);
  });

  it('that cannot start exits with 1 and logs why', async () => {
    const service = new Service(`throw new Error('no database');`);
    expect(await service.end()).toBe(1);
    expect(service.messages()).toEqual(['order could not start']);
    expect(service.out).toContain('no database');
  });

  it.each([
    ['a promise that nobody awaits', `setImmediate(() => Promise.reject(new Error('lost')));`],
    ['an error that nobody catches', `setImmediate(() => { throw new Error('lost'); });`],
  ])('exits with 1 after %s', async (_, cause) => {
    const service = new Service(`${cause} return { stop: async () => {} };`);
    expect(await service.end()).toBe(1);
    expect(service.messages().at(-1)).toMatch(/nobody/);
    expect(service.out).toContain('lost');
  });

  it.each([
    ['a clean stop', `setImmediate(() => process.kill(process.pid, 'SIGTERM'));`, 0],
    ['a failure', `setImmediate(() => fail(new Error('lost')));`, 1],
    ['an error that nobody catches', `setImmediate(() => { throw new Error('lost'); });`, 1],
    ['an exit that nobody announced', `setImmediate(() => process.exit(3));`, 3],
  ])('has written every line of its log, in order, after %s', async (_, end, code) => {
    const service = new Service(`
      for (let line = 0; line < 20_000; line += 1) logger.info(line + ' lines');
      ${end}
      return { stop: async () => logger.info('last words') };`);
    expect(await service.end()).toBe(code);
    const counted = service.messages().filter((message) => message.endsWith(' lines'));
    expect(counted).toEqual(Array.from({ length: 20_000 }, (_, line) => `${line} lines`));
    if (code < 3) expect(service.out).toContain(code === 0 ? 'order has stopped' : 'lost');
  });

  it('whose output is read by nothing any more exits all the same', async () => {
    const service = new Service(`
      setImmediate(() => { throw new Error('lost'); });
      return { stop: async () => {} };`);
    service.closeOutput();
    expect(await service.end()).toBe(1);
  });

  it('that loses what it lives on stops the rest and exits with 1', async () => {
    const service = new Service(`
      setImmediate(() => fail(new Error('the consumer is dead')));
      return { stop: async () => logger.info('last words') };`);
    expect(await service.end()).toBe(1);
    expect(service.messages()).toContain('last words');
    expect(service.out).toContain('the consumer is dead');
  });
});
