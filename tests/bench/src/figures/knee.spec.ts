import { holds, kneeOf, legSeconds, nextRate, type Tried } from './knee.js';

/** Every rate that the search tries on a system that holds up to a rate. */
function search(holdsUpTo: number, within: number, from = 20): Tried[] {
  const tried: Tried[] = [];
  for (;;) {
    const rate = nextRate(tried, { from, within, lowest: 2 });
    if (rate === undefined) return tried;
    tried.push({ rate, holds: rate <= holdsUpTo });
  }
}

describe('the search for the knee', () => {
  it.each([3, 19, 20, 21, 33, 80, 300, 347])('ends within 15 %% below %d/s', (knee) => {
    const found = kneeOf(search(knee, 1.15))!;
    expect(found).toBeLessThanOrEqual(knee);
    expect(found * 1.15).toBeGreaterThan(knee * 0.98);
  });

  it('comes closer when it may take longer', () => {
    const found = kneeOf(search(300, 1.05))!;
    expect(300 / found).toBeLessThanOrEqual(1.05);
  });

  it('doubles, then bisects the steps between', () => {
    expect(search(100, 1.15).map(({ rate }) => rate)).toEqual([20, 40, 80, 160, 106, 88, 97]);
  });

  it('leaps while rates hold with ease', () => {
    const options = { from: 20, within: 1.15 };
    expect(nextRate([{ rate: 20, holds: true, easy: true }], options)).toBe(80);
    expect(
      nextRate(
        [
          { rate: 20, holds: true, easy: true },
          { rate: 80, holds: true, easy: false },
        ],
        options,
      ),
    ).toBe(160);
  });

  it('goes down where not even the first rate holds, and gives up at the lowest', () => {
    expect(search(6, 1.15).map(({ rate }) => rate)).toEqual([20, 10, 5, 6.5, 5.5, 6]);
    expect(kneeOf(search(0, 1.15))).toBeUndefined();
  });

  it('never tries a rate twice', () => {
    const rates = search(137, 1.001).map(({ rate }) => rate);
    expect(new Set(rates).size).toBe(rates.length);
  });
});

describe('a rate holds', () => {
  const leg = { e2e: { p99: 1_000 }, achieved: 0.98, missing: 0, failed: 0, stoppedEarly: false };

  it('with a p99 of a second and 98 % in time', () => expect(holds(leg)).toBe(true));

  it.each([
    { e2e: { p99: 1_000.1 } },
    { e2e: undefined },
    { achieved: 0.979 },
    { missing: 1 },
    { failed: 1 },
    { stoppedEarly: true },
  ])('not with %j', (worse) => expect(holds({ ...leg, ...worse })).toBe(false));
});

it('a leg is long enough for 1,200 payments, and never shorter than twelve seconds', () => {
  expect([10, 20, 300].map((rate) => legSeconds(rate))).toEqual([120, 60, 8]);
});
