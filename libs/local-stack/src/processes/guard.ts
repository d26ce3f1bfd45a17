import { type ChildProcess, spawn } from 'node:child_process';
import { type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';

/** One small shell that ends our children when we are gone, even by SIGKILL. */
const script = fileURLToPath(new URL('../../guard.sh', import.meta.url));

interface Guard {
  readonly process: ChildProcess;
  readonly input: Socket;
}

let guard: Guard | undefined;
const children = new Map<number, NodeJS.Signals>();

/** Resolves when the guard is certain to hear of a child, whatever becomes of this process from then on. */
export async function signIn(pid: number, farewell: NodeJS.Signals): Promise<void> {
  guard ??= startGuard();
  children.set(pid, farewell);
  await tell(guard.input, entry(pid, farewell));
}

export function signOut(pid: number): void {
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
  for (const [pid, farewell] of children) input.write(entry(pid, farewell));
  return { process, input };
}

function replaceGuard(ended: ChildProcess): void {
  if (guard?.process !== ended) return;
  guard = children.size > 0 ? startGuard() : undefined;
}

const entry = (pid: number, farewell: NodeJS.Signals): string => `+ ${pid} ${farewell.slice('SIG'.length)}\n`;

const tell = (input: Socket, line: string): Promise<void> =>
  new Promise((resolve, reject) => input.write(line, (error) => (error ? reject(error) : resolve())));
