import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { waitUntil } from '../processes/wait-until.js';

/**
 * Makes sure that no server runs on this data. The one of a killed run gets a moment to end; its note of itself is removed, for PostgreSQL
 * would believe it as soon as any other process has the same id.
 * @throws when a server goes on running there
 */
export async function noServerOn(data: string): Promise<void> {
  const note = join(data, 'postmaster.pid');
  const what = `the PostgreSQL that still runs on ${data} ends`;
  await waitUntil(async () => ((await isServed(data, note)) ? undefined : true), { what, timeoutMs: 5_000 });
  await rm(note, { force: true });
}

async function isServed(data: string, note: string): Promise<boolean> {
  const pid = Number((await readFile(note, 'utf8').catch(() => '')).split('\n')[0]);
  return pid > 0 && commandLineOf(pid).includes(data);
}

function commandLineOf(pid: number): string {
  try {
    if (existsSync('/proc/self/cmdline')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return '';
  }
}
