import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lastLines } from '../processes/last-lines.js';
import { type GuardedProcess, spawnGuarded } from '../processes/spawn-guarded.js';
import { type Jvm } from './jvm.js';
import { type BrokerParticulars } from './kafka-handle.js';

export interface BrokerFiles {
  readonly folder: string;
  readonly clusterId: string;
  readonly logFile: string;
}

/** Kafka runs in its folder, so that no character of the folder's own path has to be written in a properties file. */
const properties = 'server.properties';
const data = 'data';

/** The formatted data of a broker, made on the first call. What a killed run left half made is thrown away. */
export async function openBrokerFiles(
  folder: string,
  jvm: Jvm,
  particulars: BrokerParticulars = {},
): Promise<BrokerFiles> {
  await mkdir(folder, { recursive: true });
  const marker = join(folder, 'cluster-id');
  const logFile = join(folder, 'kafka.log');
  await rm(logFile, { force: true });
  if (existsSync(marker)) return { folder, logFile, clusterId: await readFile(marker, 'utf8') };
  const files = { folder, logFile, clusterId: randomBytes(16).toString('base64url').replace(/^-/, 'k') };
  await rm(join(folder, data), { recursive: true, force: true });
  await writePorts(files, 9092, 9093, particulars);
  await format(files, jvm, particulars);
  await writeFile(`${marker}.draft`, files.clusterId);
  await rename(`${marker}.draft`, marker);
  return files;
}

async function format(
  { folder, clusterId, logFile }: BrokerFiles,
  jvm: Jvm,
  { formatArguments = [] }: BrokerParticulars,
): Promise<void> {
  const what = ['format', '-t', clusterId, '-c', properties, ...formatArguments];
  const args = jvm.argumentsFor('kafka.tools.StorageTool', ...what);
  const { code } = await (await spawnGuarded(jvm.command, args, { cwd: folder, env: jvm.env, logFile })).exited;
  if (code !== 0) throw new Error(`Kafka's storage could not be formatted:\n${await lastLines(logFile)}`);
}

export function startBroker({ folder, logFile }: BrokerFiles, jvm: Jvm): Promise<GuardedProcess> {
  return spawnGuarded(jvm.command, jvm.argumentsForBroker('kafka.Kafka', properties), {
    cwd: folder,
    env: jvm.env,
    logFile,
  });
}

export async function writePorts(
  { folder }: Pick<BrokerFiles, 'folder'>,
  port: number,
  controllerPort: number,
  particulars: BrokerParticulars = {},
): Promise<void> {
  await writeFile(join(folder, properties), brokerProperties(port, controllerPort, particulars));
}

/** A broker refuses what is an hour ahead of its own clock, which stays behind when the one of the tests is put forward. */
const forClockAhead =
  process.env['KASIR_CLOCK_AHEAD_DAYS'] === undefined
    ? {}
    : { 'log.message.timestamp.after.max.ms': Number.MAX_SAFE_INTEGER };

/** One node that is broker and controller. The values are for a developer's machine: quick to start, quick to come back after a kill. */
function brokerProperties(
  port: number,
  controllerPort: number,
  { listeners = [], properties: more = {} }: BrokerParticulars,
): string {
  const doors = [`PLAINTEXT://127.0.0.1:${port}`, ...listeners];
  const values = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: [...doors, `CONTROLLER://127.0.0.1:${controllerPort}`].join(),
    'advertised.listeners': doors.join(),
    'log.dirs': data,
    'auto.create.topics.enable': false,
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1000,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 1,
    'broker.session.timeout.ms': 1000,
    'broker.heartbeat.interval.ms': 200,
    'log.cleaner.dedupe.buffer.size': 10_485_760,
    ...forClockAhead,
    ...more,
  };
  return Object.entries(values)
    .map(([name, value]) => `${name}=${escaped(String(value))}\n`)
    .join('');
}

const escaped = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
