import { follow, type Life } from '@kasir/kernel';
import fc from 'fast-check';
import { paymentLife, refundLife } from './lives.js';
import { isOver } from './payment-transitions.js';

interface Told {
  readonly name: string;
  readonly life: Life<string, string>;
  readonly start: string;
  /** What no step leaves again. */
  readonly ends: readonly string[];
}

const lives: Told[] = [
  { name: 'an attempt', life: paymentLife, start: 'expected', ends: ['cancelled', 'returned'] },
  { name: 'a refund', life: refundLife, start: 'expected', ends: ['succeeded'] },
];

const walk = (life: Life<string, string>, from: string, steps: readonly string[]): string =>
  steps.reduce((status, step) => follow(life, step, { status }).thing.status, from);

/** A buyer may try again: of a try that failed and one that pends, the later one counts. */
const decided = (status: string): string => (status === 'failed' || status === 'pending' ? 'undecided' : status);

describe.each(lives)('the life of $name', ({ life, start, ends }) => {
  const steps = fc.array(fc.constantFrom(...Object.keys(life).filter((step) => step !== 'announce')), {
    maxLength: 12,
  });
  const after = walk(life, start, ['announce']);
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

  it('comes to the same status in whatever order the steps are taken, but for the first of two ends and the last of two tries', () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat()), (taken, dice) => {
        fc.pre(!taken.includes('return') && !['cancel', 'succeed'].every((step) => taken.includes(step)));
        fc.pre(life !== refundLife || !['fail', 'review'].every((step) => taken.includes(step)));
        const shuffled = [...taken, ...taken.slice(0, 3)]
          .map((step) => [dice.next().value ?? 0, step] as const)
          .sort(([a], [b]) => a - b)
          .map(([, step]) => step);
        return decided(walk(life, after, taken)) === decided(walk(life, after, shuffled));
      }),
    );
  });

  it('ends in a success whatever else is reported, unless a cancel came first or it is given back', () => {
    fc.assert(
      fc.property(steps, steps, (before, afterwards) => {
        fc.pre(![...before, ...afterwards].includes('return') && !before.includes('cancel'));
        return walk(life, after, [...before, 'succeed', ...afterwards]) === 'succeeded';
      }),
    );
  });
});

describe('an attempt that was cancelled', () => {
  it('does not succeed any more', () => {
    expect(follow<string, string, { status: string }>(paymentLife, 'succeed', { status: 'cancelled' }).kind).toBe(
      'refused',
    );
  });

  it('is over, as is one that expired, succeeded or was returned; one that failed is not: the buyer may try again', () => {
    const statuses = [
      'watched',
      'pending',
      'failed',
      'under_review',
      'expired',
      'cancelled',
      'succeeded',
      'returned',
    ] as const;
    expect(statuses.filter(isOver)).toEqual(['expired', 'cancelled', 'succeeded', 'returned']);
  });
});
