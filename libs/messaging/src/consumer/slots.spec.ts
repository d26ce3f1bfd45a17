import { deferred } from '../waiting.js';
import { Slots } from './slots.js';

describe('slots', () => {
  it('let so many in at once and no more, in the order of their coming', async () => {
    const slots = new Slots(2);
    const gates = [deferred(), deferred(), deferred(), deferred()];
    const inside: number[] = [];
    const all = gates.map((gate, index) => slots.use(() => (inside.push(index), gate.promise)));
    await Promise.resolve();
    expect(inside).toEqual([0, 1]);
    gates[1]?.resolve();
    await all[1];
    await Promise.resolve();
    expect(inside).toEqual([0, 1, 2]);
    for (const gate of gates) gate.resolve();
    await Promise.all(all);
    expect(inside).toEqual([0, 1, 2, 3]);
  });
  it('are free again after a failure', async () => {
    const slots = new Slots(1);
    await expect(slots.use(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(slots.use(() => Promise.resolve('in'))).resolves.toBe('in');
  });
});
