import { type Unmatched, withUnmatched } from './unmatched.js';

interface Update {
  readonly kind: string;
  readonly paymentId: string;
}

const now = new Date('2026-03-01T10:00:00Z');
const keep = (updates: readonly Update[]) =>
  updates.reduce<readonly Unmatched<Update>[]>((kept, update) => withUnmatched(kept, update, now), []);
const some = (count: number, kind: string) =>
  Array.from({ length: count }, (_, n): Update => ({ kind, paymentId: `${kind}-${n}` }));

describe('updates that wait for their attempt', () => {
  it('are kept once each, with the time they came', () => {
    const [update] = some(1, 'pending');
    const reordered = { paymentId: update!.paymentId, kind: update!.kind };
    expect(keep([update!, reordered])).toEqual([{ update, since: now.toISOString() }]);
  });

  it('are at most twenty, and one that brought no money gives way to one that did', () => {
    const kept = keep([...some(25, 'failed'), ...some(3, 'succeeded')]).map(({ update }) => update);
    expect(kept).toHaveLength(20);
    expect(kept.filter(({ kind }) => kind === 'succeeded')).toEqual(some(3, 'succeeded'));
  });
});
