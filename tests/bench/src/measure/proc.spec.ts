import { busyOfMachine, cpuOfFamily, cpuOfProcess, cpuOfStat, othersShare } from './proc.js';

describe('CPU accounting', () => {
  it('adds user and system of a process and of its children that have ended', () => {
    const fields = 'S 1 7 7 0 -1 4194560 1 2 3 4 100 20 300 4000 20 0 1 0 5'.split(' ');
    expect(cpuOfStat(fields)).toBe((100 + 20 + 300 + 4000) * 10);
  });

  it('takes user, nice, system and stolen time from the first line of /proc/stat', () => {
    expect(busyOfMachine('cpu  100 20 3 99999 7 8 9 40 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n')).toBe(
      (100 + 20 + 3 + 40) * 10,
    );
  });

  it('gives others what the machine used beyond us, of all its cores', () => {
    const before = { at: 0, busyMs: 5_000, oursMs: 1_000 };
    expect(othersShare(before, { at: 10_000, busyMs: 17_000, oursMs: 11_000 }, 2)).toBe(0.1);
    expect(othersShare(before, { at: 10_000, busyMs: 14_900, oursMs: 11_000 }, 2)).toBe(0);
  });

  it('reads our own process, and nothing of one that is gone', () => {
    expect(cpuOfProcess(process.pid)).toBeGreaterThan(0);
    expect(cpuOfFamily(process.pid)).toBeGreaterThanOrEqual(cpuOfProcess(process.pid));
    expect(cpuOfProcess(-1)).toBe(0);
  });
});
