import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { once } from 'node:events';
import { forget, remember, theGuard } from './guard.js';
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

/** Signs in with the guard before it becomes the command, so there is no moment in which nobody looks after it. */
const wrapper = 'echo "+ $$ $0" >&3 && exec 3>&- && exec "$@"';

/**
 * Starts a program in its own session that never outlives this process, however this process ends.
 * @throws when the program cannot be started at all; a program that is not found ends with code 127
 */
export async function spawnGuarded(
  command: string,
  args: readonly string[],
  options: GuardedOptions = {},
): Promise<GuardedProcess> {
  const { logFile, farewell = 'SIGKILL', ...rest } = options;
  const log = logFile === undefined ? 'ignore' : openSync(logFile, 'a');
  const child = spawn('sh', ['-c', wrapper, farewell.slice('SIG'.length), command, ...args], {
    ...rest,
    detached: true,
    stdio: ['ignore', log, log, theGuard().input],
  });
  if (typeof log === 'number') closeSync(log);
  await once(child, 'spawn');
  return guarded(child, child.pid!, farewell);
}

function guarded(child: ChildProcess, pid: number, farewell: NodeJS.Signals): GuardedProcess {
  remember(pid, farewell);
  let running = true;
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      running = false;
      forget(pid);
      resolve({ code, signal });
    });
  });
  const send = (signal: NodeJS.Signals) => void (running && signalFamily(pid, signal));
  const kill = () => (send('SIGKILL'), exited);

  async function stop(signal: NodeJS.Signals = 'SIGTERM', timeoutMs = 10_000): Promise<Exit> {
    if (running) child.kill(signal);
    const timer = setTimeout(kill, timeoutMs);
    return exited.finally(() => clearTimeout(timer));
  }
  return { pid, exited, stop, kill, freeze: () => send('SIGSTOP'), resume: () => send('SIGCONT') };
}
