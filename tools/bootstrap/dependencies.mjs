import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { root } from './project-root.mjs';
import { runStep } from './run-step.mjs';

const modules = join(root, 'node_modules');
const lockFile = join(root, 'package-lock.json');
const stampFile = join(modules, '.kasir-installed');

/** Runs `npm ci` where node_modules is missing or package-lock.json is not the one it was installed from. */
export async function installDependencies() {
  const stamp = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  if (stampedWith(stamp)) return;
  if (!installedByHand()) await runStep('installing dependencies (npm ci)', 'npm', ['ci'], { env: environment() });
  writeFileSync(stampFile, `${stamp}\n`);
}

const stampedWith = (stamp) => existsSync(stampFile) && readFileSync(stampFile, 'utf8').trim() === stamp;

/** Somebody typed `npm ci` since the lockfile came: npm writes its own record when it is done. */
function installedByHand() {
  const record = join(modules, '.package-lock.json');
  return !existsSync(stampFile) && existsSync(record) && statSync(record).mtimeMs >= statSync(lockFile).mtimeMs;
}

/** npm runs on the machine's own Node, because the one in node_modules is about to be replaced. */
function environment() {
  const { npm_node_execpath: _, NODE: __, ...env } = process.env;
  const path = (env.PATH ?? '').split(delimiter).filter((folder) => !resolve(folder).startsWith(modules));
  return { ...env, PATH: path.join(delimiter) };
}
