import { canonical } from './same-request.js';

describe('two requests', () => {
  it('are the same whatever the order of their fields', () => {
    expect(canonical({ b: [{ d: 1, c: 'x' }], a: null })).toBe(canonical({ a: null, b: [{ c: 'x', d: 1 }] }));
    expect(canonical({ a: undefined, b: 1 })).toBe(canonical({ b: 1 }));
  });

  it.each([
    [{ a: 1 }, { a: '1' }],
    [{ a: [1, 2] }, { a: [2, 1] }],
    [{ a: null }, {}],
    [{ a: { b: 1 } }, { 'a.b': 1 }],
  ])('%j and %j are different', (one, other) => expect(canonical(one)).not.toBe(canonical(other)));
});
