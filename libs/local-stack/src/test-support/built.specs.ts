import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../..', import.meta.url));

export const cacheFolder = fileURLToPath(new URL('../../../../.local/cache', import.meta.url));

/** Programs in `fixtures` import what is built, so that must be what the sources say. */
export function build(): void {
  const tsc = fileURLToPath(new URL('../../../../node_modules/.bin/tsc', import.meta.url));
  execFileSync(tsc, ['-b'], { cwd: project, stdio: 'inherit' });
}

export interface Parent {
  readonly pid: number;
  /** What the parent started. */
  readonly children: number[];
  /** Has it start one more. */
  startAnother(): Promise<number>;
  end(signal: NodeJS.Signals): Promise<void>;
}

const parents: ChildProcess[] = [];

/** What a failed test left running ends here. */
export function endParents(): void {
  for (const parent of parents.splice(0)) parent.kill('SIGKILL');
}

/** Runs fixtures/parent.mjs until it has started its children. */
export async function startParent(...args: string[]): Promise<Parent> {
  const parent = spawn(process.execPath, ['--no-warnings', 'fixtures/parent.mjs', ...args], {
    cwd: project,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  parents.push(parent);
  const lines = createInterface(parent.stdout)[Symbol.asyncIterator]();
  const nextPids = async () => JSON.parse((await lines.next()).value as string) as number[];
  return {
    pid: parent.pid!,
    children: await nextPids(),
    startAnother: async () => {
      parent.stdin.write('one more\n');
      return (await nextPids())[0]!;
    },
    end: async (signal) => {
      parent.kill(signal);
      await once(parent, 'exit');
    },
  };
}
