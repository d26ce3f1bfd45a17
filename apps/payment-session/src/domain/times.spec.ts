import { nextTryAt, timesOf } from './times.js';

const now = new Date('2026-01-01T00:00:00Z');
const after = (ms: number) => new Date(now.getTime() + ms);
const minute = 60_000;
const hour = 60 * minute;
const never = after(1000 * hour);

describe('the times of an attempt', () => {
  it.each([
    ['online banking decides within 14 minutes', { category: 'ONLINE_BANKING' as const }, 14 * minute],
    ['a banking app decides within 14 minutes', { category: 'MOBILE_BANKING_APP' as const }, 14 * minute],
    ['a transfer may take 48 hours', { category: 'BANK_TRANSFER' as const }, 48 * hour],
    ['a single bank may lead to a transfer', { bankName: 'Siam Commerical Bank' }, 48 * hour],
    ['a country may lead to a transfer', { region: 'TH' as const }, 48 * hour],
  ])('end five minutes after the bank has decided: %s', (_, bankChoice, longestMs) => {
    const { sessionExpiresAt, endsAt } = timesOf(now, 10 * minute, never, bankChoice);
    expect(sessionExpiresAt).toEqual(after(10 * minute));
    expect(endsAt).toEqual(after(10 * minute + longestMs + 5 * minute));
  });

  it('never let a session outlive its order, nor the hour that Antom grants', () => {
    expect(timesOf(now, 10 * minute, after(minute), {}).sessionExpiresAt).toEqual(after(minute));
    expect(timesOf(now, 5 * hour, never, {}).sessionExpiresAt).toEqual(after(hour));
  });

  it('space the tries further and further apart, but look again at the moment the buyer gives up', () => {
    const pauses = [1, 2, 3, 4, 5].map((tries) => nextTryAt(now, tries, never).getTime() - now.getTime());
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 8000]);
    expect(nextTryAt(now, 4, after(3000))).toEqual(after(3000));
  });
});
