import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnGuarded } from '../processes/spawn-guarded.js';
import { lastLines } from '../processes/last-lines.js';
import { give } from './place.js';
import { noServerOn } from './running-postmaster.js';
import { type Account } from './unprivileged.js';

/** A set of databases on disk, with the password of its superuser `postgres`. */
export interface Cluster {
  readonly bin: string;
  readonly data: string;
  readonly password: string;
  readonly logFile: string;
  readonly account: Account;
}

/** Opens the cluster in a folder, made there on the first call. A half-made one of a killed run is thrown away. */
export async function openCluster(place: string, bin: string, account: Account): Promise<Cluster> {
  const data = join(place, 'data');
  const passwordFile = join(place, 'password');
  const logFile = join(place, 'postgres.log');
  await rm(logFile, { force: true });
  if (existsSync(data)) await noServerOn(data);
  else await makeCluster({ data, passwordFile, logFile, bin, account });
  return { bin, data, password: await readFile(passwordFile, 'utf8'), logFile, account };
}

interface Making {
  readonly data: string;
  readonly passwordFile: string;
  readonly logFile: string;
  readonly bin: string;
  readonly account: Account;
}

async function makeCluster({ data, passwordFile, logFile, bin, account }: Making): Promise<void> {
  const draft = `${data}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await give(draft, account);
  await writeFile(passwordFile, randomBytes(18).toString('base64url'), { mode: 0o600 });
  await give(passwordFile, account);
  const initdb = await spawnGuarded(join(bin, 'initdb'), initdbArguments(draft, passwordFile), {
    ...account,
    env: cleanEnvironment(),
    cwd: '/',
    logFile,
  });
  const { code } = await initdb.exited;
  if (code !== 0) throw new Error(`initdb could not make a PostgreSQL cluster:\n${await lastLines(logFile)}`);
  await rename(draft, data);
}

const initdbArguments = (data: string, passwordFile: string): string[] => [
  `--pgdata=${data}`,
  '--username=postgres',
  `--pwfile=${passwordFile}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-sync',
];

/** Without the PG… variables of whoever started us. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C' };
}
