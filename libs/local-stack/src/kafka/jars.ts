import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { claimFolder, whenClaimed } from '../folders/claim-folder.js';
import { lastLines } from '../processes/last-lines.js';
import { spawnGuarded } from '../processes/spawn-guarded.js';
import { findMaven } from './java.js';
import { NoBroker } from './no-broker.js';

const pom = fileURLToPath(new URL('../../pom.xml', import.meta.url));

/**
 * The folder with Kafka's jars as pom.xml pins them, fetched by Maven on the first call and kept in the cache.
 * @throws NoBroker when they are not there and Maven cannot bring them
 */
export async function kafkaJars(
  cacheFolder: string,
  env: NodeJS.ProcessEnv,
  log?: (line: string) => void,
): Promise<string> {
  const pinned = createHash('sha256')
    .update(await readFile(pom))
    .digest('hex')
    .slice(0, 12);
  const jars = join(cacheFolder, `kafka-jars-${pinned}`);
  if (existsSync(jars)) return jars;
  const claim = await whenClaimed(
    () => claimFolder(join(cacheFolder, 'kafka-jars.claims')),
    600_000,
    () => log?.("waiting for another run that is fetching Kafka's jars …"),
  );
  try {
    if (!existsSync(jars)) await fetchJars(jars, env, log);
  } finally {
    await claim.release();
  }
  return jars;
}

async function fetchJars(jars: string, env: NodeJS.ProcessEnv, log?: (line: string) => void): Promise<void> {
  const maven = await findMaven(env);
  if (typeof maven === 'string') throw new NoBroker(maven);
  log?.(`fetching Kafka's jars with Maven, once (about 45 MB) …`);
  const draft = `${jars}.draft`;
  const logFile = `${jars}.log`;
  await rm(draft, { recursive: true, force: true });
  await rm(logFile, { force: true });
  await mkdir(draft, { recursive: true });
  const fetching = await spawnGuarded(maven.command, mavenArguments(draft), { env, logFile });
  const { code } = await fetching.exited;
  if (code !== 0)
    throw new NoBroker(
      `Maven could not fetch its jars; it said\n\n${await lastLines(logFile, 8)}\n\n(all of it: ${logFile})`,
    );
  await rename(draft, jars);
}

const mavenArguments = (outputFolder: string): string[] => [
  ...['-q', '-B', '-ntp', '-Dstyle.color=never', '-f', pom, 'dependency:copy-dependencies'],
  ...[`-DoutputDirectory=${outputFolder}`, '-DincludeScope=runtime'],
];
