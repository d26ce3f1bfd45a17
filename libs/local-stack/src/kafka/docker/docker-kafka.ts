import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { beginLife } from '../../processes/server-life.js';
import { onFreePort, startUntilReady } from '../../processes/until-ready.js';
import { waitUntil } from '../../processes/wait-until.js';
import { asAdmin } from '../admin.js';
import { type KafkaHandle, type KafkaOptions } from '../kafka-handle.js';
import { NoBroker } from '../no-broker.js';
import { configure, openBrokerFolder } from './broker-folder.js';
import { removeStrays, runContainer } from './container.js';
import { findEngine } from './engine.js';
import { haveImage, image } from './image.js';

/**
 * One Apache Kafka of our own on 127.0.0.1, in a container.
 * @throws NoBroker when there is no engine, or no image
 */
export async function dockerKafka(options: KafkaOptions): Promise<KafkaHandle> {
  const { port: wanted = 9092, heapMegabytes = 160, env = process.env, log, particulars } = options;
  const engine = await findEngine(env);
  if (typeof engine === 'string') throw new NoBroker(engine);
  await haveImage(engine, log);
  log?.('starting Kafka …');
  const folder = await openBrokerFolder(resolve(options.folder));
  await removeStrays(engine, folder);

  return onFreePort(wanted, async (port) => {
    const ports = await configure(folder, port, particulars);
    const running = { ports, heapMegabytes, formatArguments: particulars?.formatArguments };
    const brokers = [`127.0.0.1:${port}`];
    const life = await beginLife({
      launch: () =>
        startUntilReady({
          name: 'Kafka',
          logFile: folder.logFile,
          timeoutMs: 60_000,
          start: () => runContainer(engine, folder, running),
          isReady: () => isReady(brokers, folder.clusterId),
        }),
      stopSignal: 'SIGTERM',
      stopTimeoutMs: 20_000,
    });
    const version = await waitUntil(() => reportedVersion(folder.logFile), {
      what: 'Kafka tells its version',
      timeoutMs: 10_000,
    });
    const describe = `Apache Kafka ${version} of our own at ${brokers.join()} (container of ${image}, Docker ${engine.version})`;
    return { ...life, brokers, version, kind: 'own', describe, logFile: folder.logFile };
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
