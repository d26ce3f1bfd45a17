import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bootstrap/project-root.mjs';

const local = join(root, '.local');

/** A folder of this run alone. What killed runs left behind goes first. */
export function claimTestFolder() {
  mkdirSync(local, { recursive: true });
  for (const name of readdirSync(local)) {
    const pid = /^test-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !lives(Number(pid))) remove(join(local, name));
  }
  const path = join(local, `test-${process.pid}`);
  remove(path);
  mkdirSync(path);
  return { path, remove: async () => remove(path) };
}

const remove = (path) => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });

function lives(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
