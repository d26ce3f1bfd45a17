import { readFileSync } from 'node:fs';
import { familyOf } from './family.js';

/**
 * Memory in bytes of the given processes and all that descends from them, shared pages counted once over all sharers (PSS).
 * Undefined where the system does not tell (it is Linux that does).
 */
export function memoryPss(pids: readonly number[]): number | undefined {
  const family = new Set(pids.flatMap(familyOf));
  const known = [...family].map(pssOf).filter((bytes) => bytes !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, bytes) => sum + bytes, 0);
}

function pssOf(pid: number): number | undefined {
  try {
    const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}
