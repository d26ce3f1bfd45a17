import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** A process and everything that descends from it, ancestors first. PostgreSQL puts each of its backends into a group of its own, so groups are not enough. */
export function familyOf(pid: number): number[] {
  const table = existsSync('/proc/self/stat') ? fromProc() : fromPs();
  const family = [pid];
  for (const ancestor of family) {
    for (const [child, parent] of table) if (parent === ancestor) family.push(child);
  }
  return family;
}

/** Sends a signal to a whole family. Before SIGSTOP and SIGKILL every member is stopped, so that none can start another meanwhile. */
export function signalFamily(pid: number, signal: NodeJS.Signals): void {
  if (signal === 'SIGSTOP' || signal === 'SIGKILL') stopAll(pid);
  if (signal !== 'SIGSTOP') for (const member of familyOf(pid).reverse()) send(member, signal);
}

function stopAll(pid: number): void {
  const stopped = new Set<number>();
  for (let fresh = [pid]; fresh.length > 0; fresh = familyOf(pid).filter((member) => !stopped.has(member))) {
    for (const member of fresh) {
      send(member, 'SIGSTOP');
      stopped.add(member);
    }
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

type Kinship = [pid: number, parent: number];

function fromProc(): Kinship[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    const stat = statOf(pid);
    return stat === undefined ? [] : [[Number(pid), Number(stat[1])] satisfies Kinship];
  });
}

/** The fields of /proc/<pid>/stat from the third on (state, parent, …), or undefined when there is no such process. */
export function statOf(pid: number | string): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function fromPs(): Kinship[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=', '-o', 'ppid='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => line.trim().split(/\s+/).map(Number) as Kinship);
}
