import { mkdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { freePort } from '../processes/ports.js';
import { beginLife } from '../processes/server-life.js';
import { onFreePort, startUntilReady } from '../processes/until-ready.js';
import { waitUntil } from '../processes/wait-until.js';
import { asAdmin } from './admin.js';
import { openBrokerFiles, startBroker, writePorts } from './broker-files.js';
import { kafkaJars } from './jars.js';
import { findJava } from './java.js';
import { kafkaJvm } from './jvm.js';
import { type KafkaHandle, type KafkaOptions } from './kafka-handle.js';
import { NoBroker } from './no-broker.js';

/** One Apache Kafka of our own on 127.0.0.1. */
export async function ownKafka(options: KafkaOptions): Promise<KafkaHandle> {
  const { folder, port: wanted = 9092, heapMegabytes = 160, env = process.env, log, particulars } = options;
  const cacheFolder = resolve(options.cacheFolder);
  const java = await findJava(env);
  if (typeof java === 'string') throw new NoBroker(java);
  await mkdir(cacheFolder, { recursive: true });
  const jars = await kafkaJars(cacheFolder, env, log);
  log?.('starting Kafka …');
  const jvm = kafkaJvm({ java, env, jars, cacheFolder, heapMegabytes });
  const files = await openBrokerFiles(resolve(folder), jvm, particulars);

  return onFreePort(wanted, async (port) => {
    await writePorts(files, port, await freePort(port + 1), particulars);
    const brokers = [`127.0.0.1:${port}`];
    const life = await beginLife({
      launch: () =>
        startUntilReady({
          name: 'Kafka',
          logFile: files.logFile,
          timeoutMs: 60_000,
          start: () => startBroker(files, jvm),
          isReady: () => isReady(brokers, files.clusterId),
        }),
      stopSignal: 'SIGTERM',
      stopTimeoutMs: 20_000,
      beforeStop: () => {
        if (jvm.willWriteArchive()) log?.("keeping an archive of Kafka's classes for quicker starts, once …");
      },
      afterStop: jvm.keepArchive,
    });
    const version = await waitUntil(() => reportedVersion(files.logFile), {
      what: 'Kafka tells its version',
      timeoutMs: 10_000,
    });
    const describe = `Apache Kafka ${version} of our own at ${brokers.join()} (jars from Maven, Java ${java.version})`;
    return { ...life, brokers, version, kind: 'own', describe, logFile: files.logFile };
  });
}

/** True when a broker of this very cluster answers and has a controller. */
async function isReady(brokers: string[], clusterId: string): Promise<true | undefined> {
  const cluster = await asAdmin(brokers, (admin) => admin.describeCluster(), 0);
  return cluster.clusterId === clusterId && cluster.brokers.length > 0 && cluster.controller !== null
    ? true
    : undefined;
}

/** What the server itself printed when it had started. */
async function reportedVersion(logFile: string): Promise<string | undefined> {
  const lines = await readFile(logFile, 'utf8');
  return [...lines.matchAll(/Kafka version: (\S+)/g)].at(-1)?.[1];
}
