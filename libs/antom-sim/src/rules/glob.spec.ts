import { glob } from './glob.js';

describe('a pattern', () => {
  it.each([
    ['ps_1', 'ps_1', true],
    ['ps_1', 'ps_12', false],
    ['ps_1', 'a ps_1', false],
    ['*', '', true],
    ['*', 'anything at\nall', true],
    ['ps_*', 'ps_', true],
    ['ps_*', 'PS_1', false],
    ['*_1', 'ps_1_1', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['ab*ba', 'aba', false],
    ['a.c', 'abc', false],
    ['**', 'x', true],
    ['', '', true],
    ['', 'x', false],
  ])('%j fits %j: %s', (pattern, text, fits) => {
    expect(glob(pattern).test(text)).toBe(fits);
  });

  it('of many stars is asked as quickly as any', () => {
    expect(glob(`${'*a'.repeat(20)}*b`).test('a'.repeat(64))).toBe(false);
  });
});
