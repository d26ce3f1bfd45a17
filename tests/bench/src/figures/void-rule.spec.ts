import { voidReasons } from './void-rule.js';

const quiet = { name: 'kasir, run 1, 20/s', othersCpu: 0.1 };

describe('a run', () => {
  it('counts where others used a tenth of the CPU at most and the floor stayed within a tenth', () => {
    expect(voidReasons({ legs: [quiet], floorCpuMs: [20, 22] })).toEqual([]);
  });

  it('is void where others used more during one leg', () => {
    expect(voidReasons({ legs: [quiet, { name: 'floor, run 2, 20/s', othersCpu: 0.151 }], floorCpuMs: [20] })).toEqual([
      'floor, run 2, 20/s: other processes used 15.1 % of the CPU',
    ]);
  });

  it('is void where any two runs of the floor differ by more', () => {
    expect(voidReasons({ legs: [], floorCpuMs: [20, 21, 22.5] })).toEqual([
      "the floor's runs differ by 12.5 %: 20.0, 21.0, 22.5 ms of CPU per payment",
    ]);
  });

  it.each([1, 1_000])('is judged by ratios alone, on a machine %d times as slow', (times) => {
    expect(voidReasons({ legs: [quiet], floorCpuMs: [20 * times, 21 * times] })).toEqual([]);
  });
});
