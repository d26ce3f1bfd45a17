import { readFile, stat } from 'node:fs/promises';
import { freePort } from './ports.js';
import { type GuardedProcess } from './spawn-guarded.js';
import { waitUntil } from './wait-until.js';

/** A server ended because somebody was quicker to take its port. */
export class PortTaken extends Error {
  override name = 'PortTaken';
}

interface Readiness {
  readonly name: string;
  readonly logFile: string;
  readonly timeoutMs: number;
  readonly start: () => Promise<GuardedProcess>;
  readonly isReady: () => Promise<unknown>;
}

/**
 * Starts a server and waits until it answers. Whatever goes wrong, no process is left.
 * @throws PortTaken, or an error with the end of the server's log
 */
export async function startUntilReady({
  name,
  logFile,
  timeoutMs,
  start,
  isReady,
}: Readiness): Promise<GuardedProcess> {
  const logBegins = await stat(logFile).then(
    ({ size }) => size,
    () => 0,
  );
  const server = await start();
  let ended = false;
  void server.exited.then(() => (ended = true));
  try {
    await waitUntil(async () => ended || (await isReady()), { what: `${name} answers`, timeoutMs });
    if (!ended) return server;
  } catch (error) {
    await server.kill();
    throw error;
  }
  const log = (await readFile(logFile)).subarray(logBegins).toString();
  if (/address already in use/i.test(log)) throw new PortTaken(`${name} found its port taken`);
  throw new Error(`${name} ended while starting:\n${log.trimEnd().split('\n').slice(-12).join('\n')}`);
}

/** Starts a server on the wanted port, or on another one when that is taken, also when it is taken at the very last moment. */
export async function onFreePort<Server>(wanted: number, start: (port: number) => Promise<Server>): Promise<Server> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(await freePort(attempt === 1 ? wanted : 0));
    } catch (error) {
      if (!(error instanceof PortTaken) || attempt === 5) throw error;
    }
  }
}
