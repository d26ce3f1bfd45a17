import { setTimeout as pause } from 'node:timers/promises';

/** Where Node listens when a process gets SIGUSR1. */
const inspectorUrl = 'http://127.0.0.1:9229';
const attempts = 100;

/**
 * Evaluates an expression inside a Node process that was started without any option for it, then closes its inspector again.
 * Only one process at a time can be asked, for all of them would listen at the same port.
 */
export async function evaluateIn(pid: number, expression: string): Promise<unknown> {
  process.kill(pid, 'SIGUSR1');
  const socket = new WebSocket(await debuggerUrl(pid));
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error(`the inspector of process ${pid} refuses us`)));
  });
  const ask = asker(socket);
  const ours = (await ask('process.pid')) as number;
  if (ours !== pid) throw new Error(`another process (${ours}) uses the inspector's port; end it and try again`);
  const value = await ask(expression);
  const closed = new Promise((resolve) => socket.addEventListener('close', resolve));
  void ask("setImmediate(() => process.getBuiltinModule('inspector').close()), 0");
  await closed;
  return value;
}

function asker(socket: WebSocket): (expression: string) => Promise<unknown> {
  let asked = 0;
  return (expression) => {
    const id = (asked += 1);
    const answer = new Promise((resolve, reject) =>
      socket.addEventListener('message', ({ data }) => {
        const message = JSON.parse(String(data)) as Answer;
        if (message.id !== id) return;
        const problem = message.error?.message ?? message.result?.exceptionDetails?.text;
        if (problem === undefined) resolve(message.result?.result?.value);
        else reject(new Error(problem));
      }),
    );
    const params = { expression, awaitPromise: true, returnByValue: true };
    socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params }));
    return answer;
  };
}

interface Answer {
  readonly id?: number;
  readonly error?: { readonly message: string };
  readonly result?: {
    readonly result?: { readonly value?: unknown };
    readonly exceptionDetails?: { readonly text: string };
  };
}

async function debuggerUrl(pid: number): Promise<string> {
  for (let left = attempts; left > 0; left -= 1) {
    const targets = await fetch(`${inspectorUrl}/json/list`).then(
      (answer) => answer.json() as Promise<{ webSocketDebuggerUrl: string }[]>,
      () => [],
    );
    if (targets[0] !== undefined) return targets[0].webSocketDebuggerUrl;
    await pause(100);
  }
  throw new Error(`process ${pid} opens no inspector`);
}
