import { join } from 'node:path';
import { beginLife, type GuardedProcess, type ServerLife, spawnGuarded, waitUntil } from '@kasir/local-stack';
import { argumentsOf, entryOf, inherited, localUrl, type PartName, settingsOf, type Surroundings } from './parts.js';

/** One process of Kasir, to be killed, frozen and started again at will. */
export interface Part extends ServerLife {
  readonly name: PartName;
  readonly logFile: string;
  /** Where operators and monitoring look; the simulator has none. */
  readonly adminUrl: string;
}

/** @throws when the process ends before it is ready, with the last lines of its log */
export async function startPart(name: PartName, surroundings: Surroundings, logFolder: string): Promise<Part> {
  const { port, adminPort } = surroundings.ports[name];
  const logFile = join(logFolder, `${name}.log`);
  const readyUrl = name === 'antom-simulator' ? `${localUrl(port)}/_sim/health` : `${localUrl(adminPort)}/ready`;
  const life = await beginLife({
    launch: () => launch(name, surroundings, logFile, readyUrl),
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 12_000,
  });
  return { ...life, name, logFile, adminUrl: localUrl(adminPort) };
}

async function launch(
  name: PartName,
  surroundings: Surroundings,
  logFile: string,
  readyUrl: string,
): Promise<GuardedProcess> {
  const child = await spawnGuarded(process.execPath, [entryOf(name, 'main'), ...argumentsOf(name, surroundings)], {
    env: { ...inherited(), ...settingsOf(name, surroundings) },
    logFile,
    farewell: 'SIGTERM',
  });
  let ended = false;
  void child.exited.then(() => (ended = true));
  await waitUntil(
    async () => {
      if (ended) return true;
      const { ok, status } = await fetch(readyUrl);
      if (!ok) throw new Error(`${readyUrl} answers ${status}`);
      return true;
    },
    { what: `${name} is ready`, timeoutMs: 30_000 },
  );
  if (ended) throw new Error(`${name} ended while starting; its log says why: ${logFile}`);
  return child;
}
