import { freshnessOf } from './freshness.js';

const now = new Date('2026-01-01T00:15:00Z');

describe('the age of a message', () => {
  it.each([
    ['1767225600000', 'fresh', 900_000],
    ['1767225599999', 'old', 900_001],
    ['2026-01-01T08:00:00+08:00', 'fresh', 900_000],
    ['2025-12-31T00:00:00Z', 'old', 87_300_000],
    ['2026-01-01T00:20:00Z', 'fresh', -300_000],
    ['2026-01-01T00:20:01Z', 'from the future', -301_000],
  ])('of %s is %s', (time, kind, ageMs) => {
    expect(freshnessOf(time, now)).toMatchObject({ kind, ageMs, sentAt: expect.any(Date) });
  });

  it.each(['', 'noon', '1767225600', '2026-01-01T08:00:00'])('of "%s" is unknown', (time) => {
    expect(freshnessOf(time, now)).toEqual({ kind: 'unknown' });
  });

  it('is judged by limits that can be chosen', () => {
    expect(freshnessOf('1767225600000', now, { oldest: 1000, aheadAtMost: 0 }).kind).toBe('old');
  });
});
