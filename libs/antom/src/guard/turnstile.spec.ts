import { HandStopwatch } from './stopwatch.specs.js';
import { Turnstile, type TurnstileLimits } from './turnstile.js';

const wide: TurnstileLimits = { concurrency: 100, perSecond: 1_000, burst: 100, longestWaitMs: 500 };
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Lets people come one after the other and notes who got in, by number. */
function scene(limits: Partial<TurnstileLimits>) {
  const stopwatch = new HandStopwatch();
  const turnstile = new Turnstile({ ...wide, ...limits }, stopwatch);
  const inside: number[] = [];
  const turnedAway: number[] = [];
  const come = (...who: number[]) => {
    for (const one of who) void turnstile.enter().then((entered) => (entered ? inside : turnedAway).push(one));
    return settled();
  };
  const pass = (ms: number) => (stopwatch.advance(ms), settled());
  const leave = () => (turnstile.leave(), settled());
  return { turnstile, inside, turnedAway, come, pass, leave };
}

describe('the turnstile before Antom', () => {
  it('lets so many in at once; the others follow in their order as somebody leaves', async () => {
    const { turnstile, inside, come, leave } = scene({ concurrency: 2 });
    await come(1, 2, 3, 4);
    expect(inside).toEqual([1, 2]);
    expect(turnstile).toMatchObject({ inside: 2, waiting: 2 });
    await leave();
    expect(inside).toEqual([1, 2, 3]);
  });

  it('lets so many in per second', async () => {
    const { inside, come, pass } = scene({ perSecond: 10, burst: 1 });
    await come(1, 2, 3);
    expect(inside).toEqual([1]);
    await pass(99);
    expect(inside).toEqual([1]);
    await pass(1);
    expect(inside).toEqual([1, 2]);
    await pass(100);
    expect(inside).toEqual([1, 2, 3]);
  });

  it('turns away whoever has waited too long, and lets the next one in afterwards', async () => {
    const { turnstile, inside, turnedAway, come, pass, leave } = scene({ concurrency: 1, longestWaitMs: 500 });
    await come(1, 2);
    await pass(499);
    expect(turnedAway).toEqual([]);
    await pass(1);
    expect(turnedAway).toEqual([2]);
    expect(turnstile.waiting).toBe(0);
    await come(3);
    await leave();
    expect(inside).toEqual([1, 3]);
  });
});
