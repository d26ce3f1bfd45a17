import { follow, type Life } from '@kasir/kernel';
import fc from 'fast-check';
import { refundLife, watchLife } from './lives.js';
import { isOver } from './watch-life.js';

interface Told {
  readonly name: string;
  readonly life: Life<string, string>;
  readonly start: string;
  /** What no step leaves again. */
  readonly ends: readonly string[];
}

const lives: Told[] = [
  { name: 'an attempt', life: watchLife, start: 'expected', ends: ['cancelled', 'succeeded'] },
  { name: 'a refund', life: refundLife, start: 'expected', ends: ['succeeded'] },
];

const walk = (life: Life<string, string>, from: string, steps: readonly string[]): string =>
  steps.reduce((status, step) => follow(life, step, { status }).thing.status, from);

describe.each(lives)('the life of $name', ({ life, start, ends }) => {
  const steps = fc.array(fc.constantFrom(...Object.keys(life).filter((step) => step !== 'watch')), { maxLength: 12 });
  const after = walk(life, start, ['watch']);
  const statuses = new Set(Object.values(life).flatMap(({ from, to }) => [...from, to]));

  it('never leaves its ends', () => {
    fc.assert(fc.property(fc.constantFrom(...ends), steps, (end, more) => walk(life, end, more) === end));
  });

  it('has a way to an end from everywhere', () => {
    const reaches = (status: string, seen: ReadonlySet<string>): boolean =>
      ends.includes(status) ||
      Object.values(life).some(
        ({ from, to }) => from.includes(status) && !seen.has(to) && reaches(to, new Set([...seen, to])),
      );
    for (const status of statuses) expect([status, reaches(status, new Set([status]))]).toEqual([status, true]);
  });

  it('can reach every status that it names', () => {
    const found = new Set([start]);
    for (let n = 0; n < statuses.size; n++)
      for (const { from, to } of Object.values(life)) if (from.some((status) => found.has(status))) found.add(to);
    expect([...found].sort()).toEqual([...statuses].sort());
  });

  it('makes nothing of a step that is taken again at once', () => {
    fc.assert(
      fc.property(
        steps,
        (taken) =>
          walk(life, after, taken) ===
          walk(
            life,
            after,
            taken.flatMap((step) => [step, step]),
          ),
      ),
    );
  });

  it('comes to the same status in whatever order the steps are taken, however often, but for who is first of cancel and success', () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat()), (taken, dice) => {
        fc.pre(!(taken.includes('cancel') && taken.includes('succeed')));
        const shuffled = [...taken, ...taken.slice(0, 3)]
          .map((step) => [dice.next().value ?? 0, step] as const)
          .sort(([a], [b]) => a - b)
          .map(([, step]) => step);
        return walk(life, after, taken) === walk(life, after, shuffled);
      }),
    );
  });

  it('ends in a success whatever else is heard, unless a cancel came first', () => {
    fc.assert(
      fc.property(steps, steps, (before, afterwards) => {
        fc.pre(!before.includes('cancel'));
        return walk(life, after, [...before, 'succeed', ...afterwards]) === 'succeeded';
      }),
    );
  });
});

describe('an attempt that was cancelled', () => {
  it('does not succeed any more', () => {
    expect(follow<string, string, { status: string }>(watchLife, 'succeed', { status: 'cancelled' }).kind).toBe(
      'refused',
    );
  });

  it('is over, as is one that expired, was rejected or succeeded; one that failed is not: the buyer may try again', () => {
    const statuses = [
      'watched',
      'pending',
      'failed',
      'mismatched',
      'rejected',
      'expired',
      'cancelled',
      'succeeded',
    ] as const;
    expect(statuses.filter(isOver)).toEqual(['rejected', 'expired', 'cancelled', 'succeeded']);
  });
});
