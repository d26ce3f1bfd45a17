import { dueAt, dueBy } from './schedule.js';

describe('the open loop', () => {
  it('makes payments due at a constant rate, whatever becomes of them', () => {
    expect([0, 1, 20].map((index) => dueAt(1_000, 20, index))).toEqual([1_000, 1_050, 2_000]);
  });

  it('sends everything that became due while it slept', () => {
    expect([999, 1_000, 1_049, 1_050, 2_000].map((now) => dueBy(1_000, 20, now))).toEqual([0, 1, 1, 2, 21]);
  });

  it.each([7, 20, 33, 300])('has each payment due at its time at %d/s', (rate) => {
    for (let index = 0; index < 50; index += 1) expect(dueBy(0, rate, dueAt(0, rate, index) + 1e-6)).toBe(index + 1);
  });
});
