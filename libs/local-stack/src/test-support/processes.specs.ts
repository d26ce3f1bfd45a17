import { statOf } from '../processes/family.js';
import { waitUntil } from '../processes/wait-until.js';

/** A zombie has ended; it only waits to be noticed by its parent. */
export const runs = (pid: number): boolean => !['Z', 'X', undefined].includes(statOf(pid)?.[0]);

export const isFrozen = (pid: number): boolean => statOf(pid)?.[0] === 'T';

export const allGone = (pids: readonly number[]): Promise<true> =>
  waitUntil(async () => (pids.some(runs) ? undefined : true), { what: `${pids.join()} are gone`, timeoutMs: 30_000 });
