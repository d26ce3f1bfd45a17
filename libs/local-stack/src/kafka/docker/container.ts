import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { type Exit, type GuardedProcess, spawnGuarded } from '../../processes/spawn-guarded.js';
import { type BrokerFolder, startScript } from './broker-folder.js';
import { type Engine } from './engine.js';
import { image } from './image.js';

/** Tells whose container it is, so that the next start in a folder finds what a killed one left. */
const label = 'kasir.folder';

/** Ends containers of earlier starts in this folder; there is one only where that start was killed while its broker was frozen. */
export async function removeStrays({ ask }: Engine, { path }: BrokerFolder): Promise<void> {
  const strays = (await ask('ps', '--all', '--quiet', '--filter', `label=${label}=${path}`))
    .split('\n')
    .filter(Boolean);
  if (strays.length > 0) await ask('rm', '--force', '--volumes', ...strays);
}

export interface Running {
  /** The first is the broker's own. */
  readonly ports: readonly number[];
  readonly heapMegabytes: number;
  readonly formatArguments?: readonly string[] | undefined;
}

/**
 * Runs the broker in a container that is gone when it has ended. The client hands its parent's farewell on, so that the
 * container never outlives this process for long.
 */
export async function runContainer(engine: Engine, folder: BrokerFolder, running: Running): Promise<GuardedProcess> {
  const { ports, heapMegabytes, formatArguments = [] } = running;
  const name = `kasir-kafka-${randomUUID()}`;
  const client = await spawnGuarded(
    'docker',
    [
      ...['run', '--rm', `--name=${name}`, `--label=${label}=${folder.path}`, ...ownerOf(engine)],
      ...ports.map((port) => `--publish=127.0.0.1:${port}:${port}`),
      ...[`--volume=${folder.path}:/kasir`, '--workdir=/kasir', '--env=LOG_DIR=/tmp/kafka'],
      `--env=KAFKA_HEAP_OPTS=-Xms64m -Xmx${heapMegabytes}m`,
      '--env=KAFKA_JVM_PERFORMANCE_OPTS=-XX:+UseSerialGC -XX:TieredStopAtLevel=1',
      ...['--entrypoint=/bin/sh', image, '-c', startScript(folder.clusterId), 'sh', ...formatArguments],
    ],
    { env: engine.env, logFile: folder.logFile, farewell: 'SIGTERM' },
  );
  return control(engine, name, client);
}

/** Files in the folder belong to whoever works in it. */
function ownerOf({ rootless }: Engine): string[] {
  const [uid, gid] = [process.getuid?.(), process.getgid?.()];
  if (uid === undefined || gid === undefined) return [];
  return [rootless ? '--user=0:0' : `--user=${uid}:${gid}`];
}

function control({ ask, env }: Engine, name: string, client: GuardedProcess): GuardedProcess {
  let frozen = false;
  const tell = (verb: 'pause' | 'unpause') => execFileSync('docker', [verb, name], { env, stdio: 'ignore' });
  const end = async (...command: string[]): Promise<Exit> => {
    await ask(...command, name).catch(() => client.stop());
    return client.exited;
  };
  return {
    pid: client.pid,
    exited: client.exited,
    stop: (_, timeoutMs = 10_000) => end('stop', `--time=${Math.ceil(timeoutMs / 1000)}`),
    kill: () => end('kill'),
    freeze: () => {
      if (!frozen) tell('pause');
      frozen = true;
    },
    resume: () => {
      if (frozen) tell('unpause');
      frozen = false;
    },
  };
}
