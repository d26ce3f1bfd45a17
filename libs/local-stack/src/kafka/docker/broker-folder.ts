import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writePorts } from '../broker-files.js';
import { type BrokerParticulars } from '../kafka-handle.js';

export interface BrokerFolder {
  /** Mounted into the container; holds configuration and data. */
  readonly path: string;
  readonly clusterId: string;
  readonly logFile: string;
}

/** What the broker's container keeps outside of itself, made on the first call. */
export async function openBrokerFolder(folder: string): Promise<BrokerFolder> {
  const path = join(folder, 'container');
  await mkdir(path, { recursive: true });
  const logFile = join(folder, 'kafka.log');
  await rm(logFile, { force: true });
  const idFile = join(path, 'cluster-id');
  if (!existsSync(idFile)) await writeFile(idFile, randomBytes(16).toString('base64url').replace(/^-/, 'k'));
  return { path, logFile, clusterId: await readFile(idFile, 'utf8') };
}

/**
 * The broker's configuration: the usual one, but for the addresses inside the container, where nobody comes through 127.0.0.1.
 * @returns the ports to publish
 */
export async function configure(
  { path }: BrokerFolder,
  port: number,
  { listeners = [], properties, ...particulars }: BrokerParticulars = {},
): Promise<number[]> {
  const doors = [`PLAINTEXT://127.0.0.1:${port}`, ...listeners];
  const ports = doors.map((door) => Number(door.split(':').at(-1)));
  const controllerPort = Math.max(...ports) + 1;
  const inside = [
    ...doors.map((door) => door.replace('127.0.0.1', '0.0.0.0')),
    `CONTROLLER://127.0.0.1:${controllerPort}`,
  ];
  await writePorts({ folder: path }, port, controllerPort, {
    ...particulars,
    listeners,
    properties: { ...properties, listeners: inside.join() },
  });
  return ports;
}

/** A shell's program: formats the data where that has not been finished (its arguments are for the formatter), then becomes the broker. */
export const startScript = (clusterId: string): string =>
  [
    `[ -e formatted ] || { rm -rf data && /opt/kafka/bin/kafka-storage.sh format -t ${clusterId} -c server.properties "$@"; }`,
    'touch formatted',
    'exec /opt/kafka/bin/kafka-server-start.sh server.properties',
  ].join(' && ');
