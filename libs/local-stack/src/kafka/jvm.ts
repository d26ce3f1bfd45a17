import { createHash, randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Java } from './java.js';

/** How Kafka's programs are run on this machine. */
export interface Jvm {
  readonly command: string;
  readonly env: NodeJS.ProcessEnv;
  argumentsFor(...mainClassAndArguments: string[]): string[];
  /** The same, and while there is no archive of loaded classes yet, one is written at the clean end of this process. */
  argumentsForBroker(...mainClassAndArguments: string[]): string[];
  /** Whether the next clean end takes some seconds longer, because the archive is written. */
  willWriteArchive(): boolean;
  /** To be called after a clean end: keeps the archive that was written, for quicker starts. */
  keepArchive(): Promise<void>;
}

interface JvmOptions {
  readonly java: Java;
  readonly env: NodeJS.ProcessEnv;
  readonly jars: string;
  readonly cacheFolder: string;
  /** Largest heap; 160 is enough for a shop's afternoon, 256 for load. */
  readonly heapMegabytes: number;
}

const flags = [
  '-Xms64m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-Xshare:auto',
  '-Xlog:cds=off',
  '-Xlog:cds+dynamic=off',
];

const logging = [
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  '-Dorg.slf4j.simpleLogger.showDateTime=true',
  '-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS',
  // the one information line that is wanted: the version the server says it is
  '-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.utils.internals.AppInfoParser=info',
];

/** Java as Kafka wants it on a developer's machine: a small heap, a quick start, no time spent on optimising. */
export function kafkaJvm({ java, env, jars, cacheFolder, heapMegabytes }: JvmOptions): Jvm {
  const key = createHash('sha256')
    .update(java.identity)
    .update(java.command)
    .update(basename(jars))
    .digest('hex')
    .slice(0, 12);
  const archive = join(cacheFolder, `kafka-classes-${key}.jsa`);
  const draft = `${archive}.${process.pid}-${randomInt(2 ** 47).toString(36)}`;
  const common = [`-Xmx${heapMegabytes}m`, ...flags, ...logging, '-cp', join(jars, '*')];
  const use = () => (existsSync(archive) ? [`-XX:SharedArchiveFile=${archive}`] : []);
  let writing = false;
  return {
    command: java.command,
    env,
    argumentsFor: (...program) => [...use(), ...common, ...program],
    argumentsForBroker: (...program) => {
      writing = !existsSync(archive);
      return [...(writing ? [`-XX:ArchiveClassesAtExit=${draft}`] : use()), ...common, ...program];
    },
    willWriteArchive: () => writing,
    keepArchive: async () => {
      if (!existsSync(draft)) return;
      if (existsSync(archive)) await rm(draft, { force: true });
      else await rename(draft, archive);
    },
  };
}
