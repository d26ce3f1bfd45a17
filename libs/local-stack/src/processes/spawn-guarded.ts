import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { once } from 'node:events';
import { signIn, signOut } from './guard.js';
import { signalFamily } from './family.js';

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface GuardedOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** Both outputs are appended here; without it they are dropped. */
  readonly logFile?: string;
  /** What the process hears when its parent is gone; one second later all that is left of it is killed. */
  readonly farewell?: NodeJS.Signals;
}

export interface GuardedProcess {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  /** Asks with a signal (SIGTERM) and kills the whole family after the timeout (10 s). */
  stop(signal?: NodeJS.Signals, timeoutMs?: number): Promise<Exit>;
  /** SIGKILL to the process and everything it started. */
  kill(): Promise<Exit>;
  /** SIGSTOP to the process and everything it started. */
  freeze(): void;
  resume(): void;
}

/** Becomes the program only when told to go, which is after the guard knows it: there is no moment in which nobody looks after it. */
const wrapper = 'read -r go && exec "$@" </dev/null';

/**
 * Starts a program in its own session that never outlives this process, however this process ends.
 * @throws when nothing can be started in `cwd`, or not as `uid`; a program that is not found ends with code 127
 */
export async function spawnGuarded(
  command: string,
  args: readonly string[],
  options: GuardedOptions = {},
): Promise<GuardedProcess> {
  const { logFile, farewell = 'SIGKILL', ...rest } = options;
  const log = logFile === undefined ? 'ignore' : openSync(logFile, 'a');
  const child = spawn('sh', ['-c', wrapper, 'sh', command, ...args], {
    ...rest,
    detached: true,
    stdio: ['pipe', log, log],
  });
  if (typeof log === 'number') closeSync(log);
  await once(child, 'spawn');
  const guarded = control(child, child.pid!);
  await signIn(child.pid!, farewell);
  child.stdin!.on('error', () => undefined);
  child.stdin!.end('go\n');
  return guarded;
}

function control(child: ChildProcess, pid: number): GuardedProcess {
  let running = true;
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      running = false;
      endGroup(pid);
      signOut(pid);
      resolve({ code, signal });
    });
  });
  const send = (signal: NodeJS.Signals) => {
    if (running) signalFamily(pid, signal);
  };
  const kill = () => {
    send('SIGKILL');
    return exited;
  };
  const stop = (signal: NodeJS.Signals = 'SIGTERM', timeoutMs = 10_000) => {
    if (running) child.kill(signal);
    const timer = setTimeout(() => send('SIGKILL'), timeoutMs);
    return exited.finally(() => clearTimeout(timer));
  };
  return { pid, exited, stop, kill, freeze: () => send('SIGSTOP'), resume: () => send('SIGCONT') };
}

/** What a program leaves behind in its group ends with it. */
function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // nothing was left
  }
}
