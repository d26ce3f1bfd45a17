import { type ChildProcess, spawn } from 'node:child_process';

/** A program with all that it starts, which end together. */
export interface Group {
  /** Its exit code, 1 when a signal ended it. Rejects when it cannot be started. */
  readonly ended: Promise<number>;
  /** Asks it to end, and ends what has not ended in time. */
  stop(): Promise<void>;
}

interface Surroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** How long it may take to end when it is asked to, in milliseconds; 3,000 unless given. */
  readonly graceMs?: number;
}

/** Starts a program in a process group of its own, so that nothing of it can be left behind, even when we are killed. */
export function startGroup(command: string, args: readonly string[], surroundings: Surroundings): Group {
  const { cwd, env, graceMs = 3_000 } = surroundings;
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 1, 2], detached: true });
  const leader = child.pid;
  const leash = leader === undefined ? undefined : holdOnLeash(leader);
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      leash?.kill('SIGKILL');
      signalGroup(leader, 'SIGKILL');
      resolve(code ?? 1);
    });
  });
  return { ended, stop: () => stop(child, ended, graceMs) };
}

/** A small shell that kills the group when our end of its pipe closes, as it does even when SIGKILL ends us. */
function holdOnLeash(leader: number): ChildProcess {
  const leash = spawn('sh', ['-c', 'read -r _; kill -s KILL -- "-$0"', String(leader)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  leash.stdin?.on('error', () => undefined);
  return leash;
}

async function stop(child: ChildProcess, ended: Promise<number>, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  signalGroup(child.pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), graceMs);
  await ended.finally(() => clearTimeout(timer));
}

function signalGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
