import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { freePort } from '../processes/ports.js';
import { lastLines } from '../processes/last-lines.js';
import { beginLife } from '../processes/server-life.js';
import { type GuardedProcess, spawnGuarded } from '../processes/spawn-guarded.js';
import { waitUntil } from '../processes/wait-until.js';
import { asAdmin } from './admin.js';
import { type BrokerFiles, brokerProperties, openBrokerFiles } from './broker-files.js';
import { kafkaJars } from './jars.js';
import { findJava } from './java.js';
import { type Jvm, kafkaJvm } from './jvm.js';
import { type KafkaHandle, type KafkaOptions } from './kafka-handle.js';
import { NoBroker } from './no-broker.js';

/** One Apache Kafka of our own on 127.0.0.1. */
export async function ownKafka(options: KafkaOptions): Promise<KafkaHandle> {
  const { folder, cacheFolder, port: wanted = 9092, heapMegabytes = 160, env = process.env, log } = options;
  const java = await findJava(env);
  if (typeof java === 'string') throw new NoBroker(java);
  await mkdir(cacheFolder, { recursive: true });
  const jars = await kafkaJars(cacheFolder, env, log);
  const jvm = kafkaJvm(java, jars, cacheFolder, heapMegabytes);
  const files = await openBrokerFiles(folder, jvm);
  const port = await freePort(wanted);
  const controllerPort = await freePort(wanted === 0 ? 0 : port + 1);
  await writeFile(files.properties, brokerProperties(files.data, port, controllerPort));
  const brokers = [`127.0.0.1:${port}`];
  const life = await beginLife({
    launch: () => launch(jvm, files, brokers),
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 20_000,
    afterStop: jvm.keepArchive,
  });
  const version = await waitUntil(() => reportedVersion(files.logFile), {
    what: 'Kafka tells its version',
    timeoutMs: 5_000,
  });
  const describe = `Apache Kafka ${version} of our own at ${brokers.join()} (Maven's jars on Java)`;
  return { ...life, brokers, version, kind: 'own', describe, logFile: files.logFile };
}

async function launch(jvm: Jvm, files: BrokerFiles, brokers: string[]): Promise<GuardedProcess> {
  const args = jvm.argumentsForBroker('kafka.Kafka', files.properties);
  const broker = await spawnGuarded(jvm.command, args, { logFile: files.logFile });
  const ended = broker.exited.then(async () => {
    throw new Error(`Kafka ended while starting:\n${await lastLines(files.logFile)}`);
  });
  const ready = waitUntil(() => isReady(brokers, files.clusterId), { what: 'Kafka answers', timeoutMs: 60_000 });
  ready.catch(() => undefined);
  ended.catch(() => undefined);
  await Promise.race([ready, ended]);
  return broker;
}

/** True when a broker of this very cluster answers and has a controller. */
async function isReady(brokers: string[], clusterId: string): Promise<true | undefined> {
  const cluster = await asAdmin(brokers, (admin) => admin.describeCluster(), { retries: 0, requestTimeoutMs: 1_000 });
  return cluster.clusterId === clusterId && cluster.brokers.length > 0 && cluster.controller !== null
    ? true
    : undefined;
}

/** What the server itself printed when it had started. */
async function reportedVersion(logFile: string): Promise<string | undefined> {
  const lines = await readFile(logFile, 'utf8');
  return [...lines.matchAll(/Kafka version: (\S+)/g)].at(-1)?.[1];
}
