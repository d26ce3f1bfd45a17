import { gathered } from './gathered.js';

describe('what is asked in one turn', () => {
  const groups: number[][] = [];
  const double = gathered((numbers: readonly number[]) => {
    groups.push([...numbers]);
    return numbers.includes(13)
      ? Promise.reject(new Error('thirteen'))
      : Promise.resolve(numbers.map((number) => number * 2));
  });
  beforeEach(() => (groups.length = 0));

  it('is answered together, each with its own answer', async () => {
    expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6]);
    expect(groups).toEqual([[1, 2, 3]]);
  });

  it('stays together from step to step', async () => {
    const twice = async (number: number) => double(await double(number));
    expect(await Promise.all([1, 2].map(twice))).toEqual([4, 8]);
    expect(groups).toEqual([
      [1, 2],
      [2, 4],
    ]);
  });

  it('fails together, and the next turn does not suffer from it', async () => {
    const both = await Promise.allSettled([13, 1].map(double));
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await double(4)).toBe(8);
  });
});
