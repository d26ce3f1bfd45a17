import { MemoryUnitOfWork } from '../testing/memory-unit-of-work.js';
import { type Stores } from './ports.js';
import { QuarantineQueue } from './quarantine-queue.js';

const forged = {
  ...{ method: 'POST', path: '/', headers: {}, body: Buffer.from('{}') },
  receivedAt: new Date('2026-03-01T10:00:00Z'),
};
const unverified = { reason: 'signature does not match' };

describe('a flood of forgeries', () => {
  let underWay: number;
  let most: number;
  const memory = new MemoryUnitOfWork();
  const counting = {
    run: async <T>(work: (stores: Stores) => Promise<T>): Promise<T> => {
      most = Math.max(most, (underWay += 1));
      try {
        return await memory.run(work);
      } finally {
        underWay -= 1;
      }
    },
  };
  beforeEach(() => {
    [underWay, most] = [0, 0];
  });

  it('takes one connection of the database, and what is too much is turned away unseen', async () => {
    const queue = new QuarantineQueue(counting, { rows: 100, bytes: 1_000 }, 3);
    const fates = await Promise.all([1, 2, 3, 4, 5].map(() => queue.add(forged, unverified)));
    expect(fates).toEqual(['kept', 'kept', 'kept', 'turned away', 'turned away']);
    expect(most).toBe(1);
    expect(await queue.add(forged, unverified)).toBe('kept');
  });

  it('goes on after one that could not be kept', async () => {
    let fails = true;
    const failingOnce = {
      run: <T>(work: (stores: Stores) => Promise<T>): Promise<T> => {
        if (!fails) return memory.run(work);
        fails = false;
        return Promise.reject(new Error('the database went away'));
      },
    };
    const queue = new QuarantineQueue(failingOnce, { rows: 100, bytes: 1_000 });
    const fates = await Promise.allSettled([queue.add(forged, unverified), queue.add(forged, unverified)]);
    expect(fates.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });
});
