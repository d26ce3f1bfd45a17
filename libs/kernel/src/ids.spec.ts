import { uuidV7 } from './ids.js';

describe('a new id', () => {
  it('is a version 7 UUID that carries its time', () => {
    const id = uuidV7(0x0123456789ab);
    expect(id).toMatch(/^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
  it('sorts by the time it was made', () => {
    expect(uuidV7(2_000) > uuidV7(1_000)).toBe(true);
  });
  it('differs from every other of the same millisecond', () => {
    expect(new Set(Array.from({ length: 1_000 }, () => uuidV7(5))).size).toBe(1_000);
  });
});
