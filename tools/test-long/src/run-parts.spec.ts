import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chooseParts, type Part } from './parts.js';
import { runParts } from './run-parts.js';
import { tableOf } from './table.js';

/** What a part's program does; each is a real process. */
const tells = (passed: number, failed: number) =>
  `writeFileSync(process.env.KASIR_COUNTS, JSON.stringify({ passed: ${passed}, failed: ${failed} }));`;
const proves = (name: string, date = 'new Date()') =>
  `writeFileSync('docs/proof/${name}.json', JSON.stringify({ date: ${date} }));`;

describe('the long run', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'kasir-long-'));
    mkdirSync(join(root, 'docs', 'proof'), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const part = (name: string, program: string): Part => {
    const script = `${name}.mjs`;
    writeFileSync(join(root, script), `import { writeFileSync } from 'node:fs';\n${program}\n`);
    return { name, script, proof: name };
  };
  const run = (parts: readonly Part[], signal = new AbortController().signal, say = (_: string): void => undefined) =>
    runParts(parts, { root, folder: root }, signal, say);
  const whys = async (parts: readonly Part[]) => (await run(parts)).map(({ why }) => why);

  it('runs every part, tells where it is, and says what each has proven', async () => {
    const said: string[] = [];
    const sound = ['fuzz', 'drills'].map((name) => part(name, tells(3, 0) + proves(name)));
    const outcomes = await run(sound, undefined, (line) => said.push(line));
    expect(outcomes).toEqual([
      { name: 'fuzz', seconds: expect.any(Number), counts: { passed: 3, failed: 0 }, proof: 'docs/proof/fuzz.json' },
      {
        name: 'drills',
        seconds: expect.any(Number),
        counts: { passed: 3, failed: 0 },
        proof: 'docs/proof/drills.json',
      },
    ]);
    expect(said.filter((line) => / since \d\d:\d\d:\d\d$/.test(line))).toEqual([
      expect.stringContaining('part 1 of 2: fuzz'),
      expect.stringContaining('part 2 of 2: drills'),
    ]);
  });

  it('goes on after a part that fails', async () => {
    const failing = part('fuzz', `${tells(2, 1)} process.exit(3);`);
    const outcomes = await run([failing, part('drills', tells(1, 0) + proves('drills'))]);
    expect(outcomes).toMatchObject([{ counts: { passed: 2, failed: 1 }, why: 'exit code 3' }, { name: 'drills' }]);
    expect(outcomes[1]).not.toHaveProperty('why');
  });

  it('believes no part that does not show what it did', async () => {
    const old = part('old', tells(1, 0) + proves('old', "'2026-01-01T00:00:00Z'"));
    expect(
      await whys([
        part('silent', proves('silent')),
        part('idle', tells(0, 0) + proves('idle')),
        part('careless', tells(1, 1) + proves('careless')),
        part('unproven', tells(1, 0)),
        old,
      ]),
    ).toEqual([
      'it told no counts',
      'it tried nothing',
      'it ended well although something failed',
      'it left no docs/proof/unproven.json',
      'it left no docs/proof/old.json',
    ]);
  });

  it('gives a part what it needs', async () => {
    const program = `${tells(1, 0)} ${proves('asked')} writeFileSync('heard', process.argv[2] + process.env.MOOD);`;
    await run([{ ...part('asked', program), args: ['--all'], env: { MOOD: 'brave' } }]);
    expect(await readFile(join(root, 'heard'), 'utf8')).toBe('--allbrave');
  });

  it('leaves nothing running when it is interrupted, not even what a part has started', async () => {
    const ending = new AbortController();
    const child = `setInterval(() => undefined, 1000); process.on('SIGTERM', () => undefined);`;
    const parent = `import { spawn } from 'node:child_process';
      const child = spawn(process.execPath, ['-e', ${JSON.stringify(child)}]);
      writeFileSync('pids.part', process.pid + ' ' + child.pid);
      (await import('node:fs')).renameSync('pids.part', 'pids');
      setInterval(() => undefined, 1000);`;
    const running = run([part('endless', parent), part('next', tells(1, 0))], ending.signal);
    while (!existsSync(join(root, 'pids'))) await pause(20);
    ending.abort('interrupted');
    expect(await running).toMatchObject([{ why: 'interrupted' }, { name: 'next', why: 'not begun' }]);
    const pids = (await readFile(join(root, 'pids'), 'utf8')).split(' ').map(Number);
    for (const pid of pids) while (lives(pid)) await pause(20);
  });

  it('shows one line for each part', () => {
    const table = tableOf([
      { name: 'fuzz', seconds: 61, counts: { passed: 1_200_000, failed: 0 }, proof: 'docs/proof/fuzz.json' },
      { name: 'planted', seconds: 7, why: 'exit code 1' },
    ]);
    expect(table.split('\n')).toEqual([
      'part     seconds   passed  failed  proof',
      'fuzz          61  1200000       0  docs/proof/fuzz.json',
      'planted        7        –       –  FAILED: exit code 1',
    ]);
  });

  it('can be some of its parts', () => {
    expect(chooseParts(['--only', 'drills, fuzz']).map(({ name }) => name)).toEqual(['fuzz', 'drills']);
    expect(() => chooseParts(['--only', 'drill'])).toThrow('drill is no part of the long run; there are fuzz,');
    expect(chooseParts([])).toHaveLength(7);
  });
});

/** A process that has ended is none any more, also where nobody has asked how it ended. */
function lives(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')')).charAt(2) !== 'Z';
  } catch {
    return false;
  }
}
