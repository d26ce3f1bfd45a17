import { isFlat } from './warm-up.js';

describe('the warm-up', () => {
  it.each([[[400]], [[400, 200]], [[400, 200, 100]], [[400, 200, 195]]])('goes on while %j still falls', (medians) => {
    expect(isFlat(medians)).toBe(false);
  });

  it.each([[[100, 96, 93]], [[400, 100, 101, 99]], [[100, 130, 120]]])('ends when %j is flat', (medians) => {
    expect(isFlat(medians)).toBe(true);
  });
});
