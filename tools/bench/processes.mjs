import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A Node process that says nothing but what goes wrong. */
export const node = (file, args, env) =>
  spawn(process.execPath, [file, ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });

export const stopped = (child) =>
  new Promise((resolve) => {
    child.on('exit', resolve);
    child.kill('SIGTERM');
  });

/** What a process has used since its start, user and system, in milliseconds. */
export function cpuMs(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const millisecondsPerTick = 10;
  return (Number(fields[11]) + Number(fields[12])) * millisecondsPerTick;
}

/** Waits until a server answers with anything but 503. */
export async function ready(url) {
  for (const until = Date.now() + 60_000; Date.now() < until;) {
    const status = await fetch(url).then(
      (answer) => answer.status,
      () => 503,
    );
    if (status !== 503) return;
    await sleep(100);
  }
  throw new Error(`${url} is not ready after a minute`);
}

export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
