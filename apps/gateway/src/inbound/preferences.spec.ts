import { waitOf } from './preferences.js';

describe('a caller', () => {
  it.each([
    [undefined, 10_000, undefined],
    ['wait=0', 0, 'wait=0'],
    ['wait=25', 25_000, 'wait=25'],
    ['WAIT = 5', 5_000, 'wait=5'],
    ['wait="7"', 7_000, 'wait=7'],
    ['respond-async, wait=3', 3_000, 'wait=3'],
    ['wait=3, wait=9', 3_000, 'wait=3'],
    ['wait=600', 30_000, 'wait=30'],
    ['wait=-1', 10_000, undefined],
    ['wait=soon', 10_000, undefined],
    ['await=5', 10_000, undefined],
  ])('who prefers %s waits for %d ms', (prefer, ms, applied) => {
    expect(waitOf(prefer)).toEqual({ ms, applied });
  });
});
