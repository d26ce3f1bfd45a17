import { Conflict, Memory } from './memory.js';

describe('a transaction in memory', () => {
  const memoryWith = (rows: Record<string, number>): Memory => {
    const memory = new Memory();
    const draft = memory.begin();
    for (const [key, row] of Object.entries(rows)) draft.table<number>('orders').set(key, row);
    memory.commit(draft);
    return memory;
  };

  it('reads what was committed when it began, and what it has written itself', () => {
    const memory = memoryWith({ a: 1 });
    const [early, late] = [memory.begin(), memory.begin()];
    late.table<number>('orders').set('a', 2);
    expect(late.table<number>('orders').get('a')).toBe(2);
    memory.commit(late);
    expect(early.table<number>('orders').get('a')).toBe(1);
    expect(memory.rows('orders')).toEqual([2]);
  });

  it('is refused as a whole where a row that it wrote was written meanwhile', () => {
    const memory = memoryWith({ a: 1 });
    const [one, other] = [memory.begin(), memory.begin()];
    one.table<number>('orders').set('a', 2);
    other.table<number>('orders').set('b', 3).set('a', 3);
    memory.commit(one);
    expect(() => memory.commit(other)).toThrow(Conflict);
    expect(memory.rows('orders')).toEqual([2]);
  });

  it('is refused where a row that it locked was locked meanwhile, so that what hangs on the lock is read anew', () => {
    const memory = memoryWith({ a: 1 });
    const [one, other] = [memory.begin(), memory.begin()];
    for (const draft of [one, other]) expect(draft.table<number>('orders').hold('a')).toBe(1);
    memory.commit(one);
    expect(() => memory.commit(other)).toThrow(Conflict);
  });

  it('goes beside another one that touches other rows', () => {
    const memory = memoryWith({ a: 1, b: 1 });
    const [one, other] = [memory.begin(), memory.begin()];
    one.table<number>('orders').delete('a');
    other.table<number>('orders').set('b', 2);
    memory.commit(one);
    memory.commit(other);
    expect(memory.rows('orders')).toEqual([2]);
  });
});
