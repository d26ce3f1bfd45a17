import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { familyOf, statOf } from '@kasir/local-stack';

/** Linux gives times in hundredths of a second, whatever the kernel was built with. */
const millisecondsPerTick = 10;

/** CPU of one process in milliseconds: user and system, its own and that of its children that have ended and were waited for. */
export function cpuOfStat(fields: readonly string[]): number {
  const [utime, stime, cutime, cstime] = fields.slice(11, 15).map(Number);
  return (utime! + stime! + cutime! + cstime!) * millisecondsPerTick;
}

/** CPU of a process and all that descends from it, living or ended, in milliseconds. */
export const cpuOfFamily = (pid: number): number =>
  familyOf(pid)
    .map(statOf)
    .reduce((sum, fields) => sum + (fields === undefined ? 0 : cpuOfStat(fields)), 0);

/** CPU of the threads of this one process alone. */
export const cpuOfProcess = (pid: number): number => {
  const [utime, stime] = (statOf(pid) ?? []).slice(11, 13).map(Number);
  return ((utime ?? 0) + (stime ?? 0)) * millisecondsPerTick;
};

/**
 * What all processes of the machine have used, in milliseconds, from the first line of /proc/stat: user, nice, system and
 * what a hypervisor gave to others. Interrupts are left out, for those of our own packets belong to no process.
 */
export function busyOfMachine(procStat: string): number {
  const [user, nice, system, , , , , steal] = procStat
    .slice(0, procStat.indexOf('\n'))
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user! + nice! + system! + (steal ?? 0)) * millisecondsPerTick;
}

export interface MachineReading {
  readonly at: number;
  readonly busyMs: number;
  readonly oursMs: number;
}

export const readMachine = (): MachineReading => ({
  at: performance.now(),
  busyMs: busyOfMachine(readFileSync('/proc/stat', 'utf8')),
  oursMs: cpuOfFamily(process.pid),
});

/** The share of the whole machine that processes used which are none of ours. */
export function othersShare(before: MachineReading, after: MachineReading, cores = cpus().length): number {
  const others = after.busyMs - before.busyMs - (after.oursMs - before.oursMs);
  return Math.max(0, others / ((after.at - before.at) * cores));
}
