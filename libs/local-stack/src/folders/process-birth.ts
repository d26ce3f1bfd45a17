import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { statOf } from '../processes/family.js';

/**
 * When a process began, in the system's own words: together with its id it is never given to another process.
 * Undefined when no such process runs.
 */
export function processBirth(pid: number): string | undefined {
  const boot = bootId();
  if (boot === undefined) return birthFromPs(pid);
  const stat = statOf(pid);
  const [state, started] = [stat?.[0], stat?.[19]];
  return started === undefined || state === 'Z' || state === 'X' ? undefined : `${boot} ${started}`;
}

function bootId(): string | undefined {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return undefined;
  }
}

function birthFromPs(pid: number): string | undefined {
  try {
    const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
    });
    return started.trim() || undefined;
  } catch {
    return undefined;
  }
}
