import { percentile, spreadOf } from './percentile.js';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('a percentile', () => {
  it('is the smallest value that the share of all values does not exceed', () => {
    expect([0.5, 0.95, 0.99, 1].map((share) => percentile(upTo(100), share))).toEqual([50, 95, 99, 100]);
    expect(percentile([7], 0.99)).toBe(7);
    expect(percentile([1, 2], 0.5)).toBe(1);
  });

  it('of 1,200 payments leaves twelve above the p99', () => {
    const p99 = percentile(upTo(1_200), 0.99);
    expect(upTo(1_200).filter((value) => value > p99)).toHaveLength(12);
  });

  it('is taken from values in any order, as numbers', () => {
    expect(spreadOf([100, 9, 20, 1])).toEqual({ p50: 9, p95: 100, p99: 100, max: 100 });
    expect(spreadOf([])).toBeUndefined();
  });
});
