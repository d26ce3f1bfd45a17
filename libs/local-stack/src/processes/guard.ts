import { type ChildProcess, spawn } from 'node:child_process';
import { type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../guard.sh', import.meta.url));

interface Guard {
  readonly process: ChildProcess;
  /** Its writing end is handed to every child for the moment in which it signs in. */
  readonly input: Socket;
}

let guard: Guard | undefined;
const children = new Map<number, NodeJS.Signals>();

/** The one small shell per process of ours that ends our children when we are gone, even by SIGKILL. */
export function theGuard(): Guard {
  guard ??= startGuard();
  return guard;
}

/** Remembers a child that has signed in by itself, in case the guard has to be replaced. */
export function remember(pid: number, farewell: NodeJS.Signals): void {
  children.set(pid, farewell);
}

export function forget(pid: number): void {
  children.delete(pid);
  guard?.input.write(`- ${pid}\n`);
}

function startGuard(): Guard {
  const process = spawn('sh', [script], { stdio: ['pipe', 'ignore', 'ignore'], cwd: '/', detached: true });
  const input = process.stdin as Socket;
  input.on('error', () => undefined);
  process.on('error', () => undefined);
  process.on('exit', () => replaceGuard(process));
  process.unref();
  input.unref();
  for (const [pid, farewell] of children) input.write(signIn(pid, farewell));
  return { process, input };
}

function replaceGuard(ended: ChildProcess): void {
  if (guard?.process !== ended) return;
  guard = children.size > 0 ? startGuard() : undefined;
}

const signIn = (pid: number, farewell: NodeJS.Signals): string => `+ ${pid} ${farewell.slice('SIG'.length)}\n`;
