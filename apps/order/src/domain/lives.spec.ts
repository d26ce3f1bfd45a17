import { follow, type Life } from '@kasir/kernel';
import fc from 'fast-check';
import { caseLife, orderLife } from './lives.js';

type AnyLife = Life<string, string>;
const lives: [string, AnyLife, readonly string[]][] = [
  ['an order', orderLife, ['paid', 'closed']],
  ['a case', caseLife, ['resolved']],
];
const statusesOf = (life: AnyLife) => [...new Set(Object.values(life).flatMap(({ from, to }) => [...from, to]))];
const next = (life: AnyLife, status: string) =>
  Object.values(life)
    .filter(({ from }) => from.includes(status))
    .map(({ to }) => to);

function reachable(life: AnyLife, status: string, seen = new Set<string>()): Set<string> {
  for (const to of next(life, status)) if (!seen.has(to)) reachable(life, to, seen.add(to));
  return seen;
}

describe.each(lives)('the life of %s', (_, life, ends) => {
  it('has a way to an end from everywhere', () => {
    for (const status of statusesOf(life))
      expect(ends.some((end) => end === status || reachable(life, status).has(end))).toBe(true);
  });

  it('answers every step from every status with moved, repeated or refused, and moves along an arrow only', () => {
    const steps = fc.constantFrom(...Object.keys(life));
    const statuses = fc.constantFrom(...statusesOf(life));
    fc.assert(
      fc.property(statuses, fc.array(steps, { maxLength: 20 }), (first, walk) => {
        let thing = { status: first };
        for (const step of walk) {
          const outcome = follow(life, step, thing);
          if (outcome.kind === 'moved') expect(next(life, thing.status)).toContain(outcome.thing.status);
          else expect(outcome.thing).toBe(thing);
          expect(follow(life, step, outcome.thing).kind).not.toBe('moved');
          thing = outcome.thing;
        }
      }),
    );
  });
});

it('is never left once an order is paid, and a closed one is left by a payment only', () => {
  expect(next(orderLife, 'paid')).toEqual([]);
  expect(next(orderLife, 'closed')).toEqual(['paid']);
});
