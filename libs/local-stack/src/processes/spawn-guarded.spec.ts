import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openFolder, removeFolders } from '../test-support/folders.specs.js';
import { build, endParents, startParent } from '../test-support/built.specs.js';
import { allGone, isFrozen, runs } from '../test-support/processes.specs.js';
import { familyOf } from './family.js';
import { memoryPss } from './memory.js';
import { type GuardedProcess, spawnGuarded } from './spawn-guarded.js';
import { waitUntil } from './wait-until.js';

const withChildren = 'sleep 1000 & (exec setsid sleep 1000) & echo ready; wait';

describe('a guarded process', () => {
  beforeAll(build);
  afterEach(endParents);
  afterEach(endStarted);
  afterAll(removeFolders);

  it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('does not outlive a parent that ends by %s', async (signal) => {
    const parent = await startParent('family');
    const family = await whenFamily(parent.children, 4);
    await parent.end(signal);
    await allGone(family);
  });

  it.each(['running', 'frozen'])('may say goodbye when its parent is killed while it is %s', async (state) => {
    const folder = await openFolder();
    const parent = await startParent('polite', folder);
    await saidIn(join(folder, 'log'), 'hello');
    if (state === 'frozen') process.kill(parent.children[0]!, 'SIGSTOP');
    await parent.end('SIGKILL');
    await saidIn(join(folder, 'log'), 'goodbye');
    await allGone(parent.children);
  });

  it('is killed when it does not go after its parent was killed', async () => {
    const folder = await openFolder();
    const parent = await startParent('stubborn', folder);
    await saidIn(join(folder, 'log'), 'hello');
    await parent.end('SIGKILL');
    await allGone(parent.children);
  });

  it('is guarded again when the guard is killed', async () => {
    const parent = await startParent('family');
    const family = await whenFamily(parent.children, 4);
    const guard = guardOf(parent.pid);
    process.kill(guard!, 'SIGKILL');
    await waitUntil(
      async () => ![undefined, guard].includes(guardOf(parent.pid)) || undefined,
      patience('a new guard'),
    );
    family.push(await parent.startAnother());
    await parent.end('SIGKILL');
    await allGone(family);
  });

  it('takes its whole family with it when it is killed', async () => {
    const guarded = await start('sh', ['-c', withChildren]);
    const family = await whenFamily([guarded.pid], 3);
    expect(await guarded.kill()).toEqual({ code: null, signal: 'SIGKILL' });
    await allGone(family);
  });

  it('leaves nobody of its group behind when it ends by itself', async () => {
    const folder = await openFolder();
    const logFile = join(folder, 'log');
    const guarded = await start('sh', ['-c', 'sleep 1000 & echo $!'], { logFile });
    expect(await guarded.exited).toEqual({ code: 0, signal: null });
    await allGone([Number(await readFile(logFile, 'utf8'))]);
  });

  it('is frozen and resumed with its whole family', async () => {
    const guarded = await start('sh', ['-c', withChildren]);
    const family = await whenFamily([guarded.pid], 3);
    guarded.freeze();
    await waitUntil(async () => family.every(isFrozen) || undefined, patience('frozen'));
    guarded.resume();
    await waitUntil(async () => !family.some(isFrozen) || undefined, patience('resumed'));
  });

  it('ends when asked, with its own exit code', async () => {
    const logFile = join(await openFolder(), 'log');
    const script = 'trap "exit 7" TERM; echo ready; while true; do sleep 0.02; done';
    const guarded = await start('sh', ['-c', script], { logFile });
    await saidIn(logFile, 'ready');
    expect(await guarded.stop()).toEqual({ code: 7, signal: null });
  });

  it('is killed when it does not listen', async () => {
    const logFile = join(await openFolder(), 'log');
    const script = 'trap "" TERM; echo ready; while true; do sleep 0.02; done';
    const guarded = await start('sh', ['-c', script], { logFile });
    await saidIn(logFile, 'ready');
    expect(await guarded.stop('SIGTERM', 100)).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('gets its arguments, environment and folder as they are given', async () => {
    const folder = await openFolder();
    const logFile = join(folder, 'log');
    const env = { PATH: process.env['PATH'], GREETING: 'two  blanks' };
    await (
      await start('sh', ['-c', 'echo "$GREETING|$1|$(pwd)"', 'sh', '*  $HOME'], { env, cwd: folder, logFile })
    ).exited;
    expect(await readFile(logFile, 'utf8')).toBe(`two  blanks|*  $HOME|${folder}\n`);
  });

  it('ends with 127 when there is no such program', async () => {
    expect(await (await start('no-such-program', [])).exited).toEqual({ code: 127, signal: null });
  });

  it('is looked after by a guard that costs less than two megabytes', async () => {
    await start('sleep', ['1000']);
    expect(memoryPss([guardOf(process.pid)!])).toBeLessThan(2_000_000);
  });
});

const started: GuardedProcess[] = [];

const start: typeof spawnGuarded = async (...program) => {
  const guarded = await spawnGuarded(...program);
  started.push(guarded);
  return guarded;
};

async function endStarted(): Promise<void> {
  await Promise.all(started.splice(0).map((guarded) => guarded.kill()));
}

const patience = (what: string) => ({ what, timeoutMs: 30_000, everyMs: 10 });

async function whenFamily(leaders: readonly number[], size: number): Promise<number[]> {
  const all = () => leaders.flatMap(familyOf);
  await waitUntil(
    async () => (all().length === size && all().every(runs) ? true : undefined),
    patience(`${size} processes`),
  );
  return all();
}

/** Not a child that was asked for, so the guard. */
function guardOf(parent: number): number | undefined {
  return familyOf(parent).find((pid) => commandOf(pid).includes('guard.sh'));
}

/** Nothing for a process that has just ended. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

const saidIn = (file: string, word: string) =>
  waitUntil(async () => (await readFile(file, 'utf8')).includes(word) || undefined, patience(`"${word}" in the log`));
