import fc from 'fast-check';
import { type LifeTable, walk } from '@kasir/kernel';
import { attemptLife } from './attempt.js';
import { lives } from './lives.js';
import { lockLife } from './order-lock.js';
import { refundLife } from './refund.js';

/** Where each may rest for good. */
const ends: Readonly<Record<string, readonly string[]>> = {
  attempt: ['expired', 'cancelled', 'succeeded'],
  refund: ['rejected', 'succeeded', 'failed'],
  'lock of an order': ['sealed', 'paid'],
};

const tables = Object.entries(lives);
const stepsOf = (table: LifeTable<string, string>) => Object.keys(table.arrows);
const statusesOf = (table: LifeTable<string, string>) => Object.keys(table.why);
const fold = (table: LifeTable<string, string>, status: string, steps: readonly string[]) =>
  steps.reduce((thing, step) => walk(table, step, thing).thing, { status }).status;

function reachable(table: LifeTable<string, string>, from: readonly string[]): Set<string> {
  const found = new Set(from);
  for (const status of found)
    for (const { from: starts, to } of Object.values(table.arrows)) if (starts.includes(status)) found.add(to);
  return found;
}

const walkOf = (table: LifeTable<string, string>) => fc.array(fc.constantFrom(...stepsOf(table)), { maxLength: 12 });

describe.each(tables)('the life of the %s', (name, table) => {
  it('reaches every status that it names, and no other', () => {
    expect([...reachable(table, table.first)].sort()).toEqual(statusesOf(table).sort());
  });

  it.each(statusesOf(table))('has a way to an end from %s', (status) => {
    const met = [...reachable(table, [status])];
    expect(met.filter((end) => ends[name]!.includes(end))).not.toEqual([]);
  });

  it('answers every step from everywhere, and gives a reason where it refuses', () => {
    for (const status of statusesOf(table))
      for (const step of stepsOf(table)) {
        const outcome = walk(table, step, { status });
        if (outcome.kind === 'refused') {
          expect(outcome.reason).toContain(table.why[status]);
          expect(outcome.thing).toEqual({ status });
        } else expect(outcome.thing.status).toBe(table.arrows[step]!.to);
      }
  });

  it('takes a repeated step for nothing new', () => {
    fc.assert(
      fc.property(walkOf(table), fc.constantFrom(...table.first), (steps, first) => {
        const twice = steps.flatMap((step) => [step, step]);
        expect(fold(table, first, twice)).toBe(fold(table, first, steps));
      }),
    );
  });
});

describe('an end', () => {
  const absorbs = (table: LifeTable<string, string>, end: string, but: readonly string[]) =>
    fc.assert(
      fc.property(walkOf(table), (steps) => {
        const others = steps.filter((step) => !but.includes(step));
        expect(fold(table, end, others)).toBe(end);
      }),
    );

  it.each([
    ['a success of an attempt', attemptLife, 'succeeded', []],
    ['an attempt whose cancel Antom answered, but against a person', attemptLife, 'cancelled', ['accept']],
    ['an expired attempt, but against a success', attemptLife, 'expired', ['succeed']],
    ['money that went back', refundLife, 'succeeded', []],
    ['a failed refund, but against money that went back', refundLife, 'failed', ['succeed']],
    ['a refund that Antom was not asked for', refundLife, 'rejected', []],
    ['a paid order, unless it is reopened', lockLife, 'paid', ['reopen']],
    ['a sealed order, but against a success', lockLife, 'sealed', ['pay']],
  ] as const)('stays: %s', (_, table, end, but) => {
    absorbs(table as LifeTable<string, string>, end, but);
  });

  it('is the same in whatever order a success and other ends of an attempt come, unless it was cancelled', () => {
    const words = fc.shuffledSubarray(['succeed', 'expire', 'reject', 'abandon', 'supersede'], { minLength: 1 });
    fc.assert(
      fc.property(words, fc.constantFrom('started', 'created', 'superseded'), (steps, from) => {
        const end = fold(attemptLife as LifeTable<string, string>, from, ['succeed', ...steps]);
        expect(fold(attemptLife as LifeTable<string, string>, from, [...steps, 'succeed'])).toBe(end);
      }),
    );
  });
});
