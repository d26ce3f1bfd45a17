import { deferred } from '../waiting.js';
import { PartitionQueue } from './partition-queue.js';

const record = (offset: number, bytes = 0) => ({
  topic: 'payments.v1',
  partition: 0,
  offset: String(offset),
  timestamp: '0',
  key: null,
  headers: {},
  value: Buffer.alloc(bytes),
});
const records = (from: number, to: number, bytes = 0) =>
  Array.from({ length: to - from + 1 }, (_, index) => record(from + index, bytes));

describe('the messages of one partition', () => {
  let begun: string[][];
  let done: string[];
  let full: boolean[];
  let hold: Map<string, { promise: Promise<void>; resolve(): void }>;
  let queue: PartitionQueue;
  beforeEach(() => {
    [begun, done, full, hold] = [[], [], [], new Map()];
    queue = new PartitionQueue({
      async work(chunk, signal) {
        begun.push(chunk.map(({ offset }) => offset));
        const [first] = chunk;
        await hold.get(first!.offset)?.promise;
        return signal.aborted && first!.offset !== '1' ? 0 : chunk.length;
      },
      done: ({ offset }) => done.push(offset),
      tooLong: (isFull) => full.push(isFull),
    });
  });

  it('are applied at once when nothing is in hand, and together when they came while it was busy', async () => {
    hold.set('1', deferred());
    queue.push(records(1, 1));
    queue.push(records(2, 3));
    queue.push(records(4, 5));
    expect(begun).toEqual([['1']]);
    hold.get('1')?.resolve();
    await queue.settled();
    expect(begun).toEqual([['1'], ['2', '3', '4', '5']]);
    expect(done).toEqual(['1', '5']);
    expect(queue.idle).toBe(true);
  });

  it('share a transaction with two hundred at most', async () => {
    queue.push(records(1, 450));
    await queue.settled();
    expect(begun.map(({ length }) => length)).toEqual([200, 200, 50]);
    expect(done).toEqual(['200', '400', '450']);
  });

  it('wait for those in hand also when they come again after a rebalance', async () => {
    hold.set('1', deferred());
    queue.push(records(1, 1));
    queue.push(records(2, 3));
    queue.clear();
    queue.push(records(1, 2));
    expect(begun).toEqual([['1']]);
    hold.get('1')?.resolve();
    await queue.settled();
    expect(begun).toEqual([['1'], ['1', '2']]);
  });

  it('are not reported as done when the partition may be somebody else’s by then', async () => {
    hold.set('1', deferred());
    queue.push(records(1, 1));
    queue.clear();
    hold.get('1')?.resolve();
    await queue.settled();
    expect(done).toEqual([]);
  });

  it('end with those in hand when the service leaves', async () => {
    hold.set('1', deferred());
    queue.push(records(1, 1));
    queue.push(records(2, 3));
    queue.leave();
    hold.get('1')?.resolve();
    await queue.settled();
    expect({ begun, done }).toEqual({ begun: [['1']], done: ['1'] });
  });

  it('are done only as far as they were applied before the rest was given up', async () => {
    const half = new PartitionQueue({
      work: (chunk) => Promise.resolve(chunk.length - 1),
      done: ({ offset }) => done.push(offset),
      tooLong: () => undefined,
    });
    half.push(records(1, 3));
    await half.settled();
    expect(done).toEqual(['2']);
  });

  it.each([
    ['more than a thousand', records(1, 1_002)],
    ['more than four megabytes', records(1, 6, 1_000_000)],
  ])('stop the fetching when there are %s, and start it again at half of that', async (_, many) => {
    queue.push(many.slice(0, 1));
    hold.set('2', deferred());
    queue.push(many.slice(1));
    expect(full).toEqual([true]);
    hold.get('2')?.resolve();
    await queue.settled();
    expect(full).toEqual([true, false]);
  });

  it.each(Array.from({ length: 10 }, (_, moments) => moments))(
    'are taken also when they come %d moments after the last ones began',
    async (moments) => {
      queue.push(records(1, 1));
      for (let moment = 0; moment < moments; moment += 1) await Promise.resolve();
      queue.push(records(2, 2));
      await new Promise(setImmediate);
      expect(done).toEqual(['1', '2']);
    },
  );
});
