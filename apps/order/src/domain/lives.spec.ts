import { follow, type Life } from '@kasir/kernel';
import fc from 'fast-check';
import { caseLife, orderLife, refundLife } from './lives.js';

type AnyLife = Life<string, string>;
const lives: [string, AnyLife, readonly string[]][] = [
  ['an order', orderLife, ['paid', 'closed']],
  ['a case', caseLife, ['resolved']],
  ['a refund', refundLife, ['succeeded']],
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

describe.each(lives)('the transitions of %s', (_, life, ends) => {
  it('lead to an end from everywhere', () => {
    for (const status of statusesOf(life))
      expect(ends.some((end) => end === status || reachable(life, status).has(end))).toBe(true);
  });

  it('answer every step from every status with moved, repeated or refused', () => {
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

it('a paid order is left only when its money went back, and a closed one only by a payment', () => {
  expect(next(orderLife, 'paid')).toEqual(['returned']);
  expect(next(orderLife, 'closed')).toEqual(['paid']);
});

it('a resolved case and a refund that succeeded stay so', () => {
  expect([...next(caseLife, 'resolved'), ...next(refundLife, 'succeeded')]).toEqual([]);
});
