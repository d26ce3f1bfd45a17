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
  let begun: string[];
  let done: string[];
  let full: boolean[];
  let hold: Map<string, { promise: Promise<void>; resolve(): void }>;
  let queue: PartitionQueue;
  beforeEach(() => {
    [begun, done, full, hold] = [[], [], [], new Map()];
    queue = new PartitionQueue({
      async work({ offset }, signal) {
        begun.push(offset);
        await hold.get(offset)?.promise;
        return !signal.aborted || offset === '1';
      },
      done: ({ offset }) => done.push(offset),
      tooLong: (isFull) => full.push(isFull),
    });
  });

  it('are applied one after the other, in their order', async () => {
    queue.push(records(1, 3));
    queue.push(records(4, 5));
    await queue.settled();
    expect(done).toEqual(['1', '2', '3', '4', '5']);
    expect(queue.idle).toBe(true);
  });

  it('wait for the one in hand also when they come again after a rebalance', async () => {
    hold.set('1', deferred());
    queue.push(records(1, 3));
    queue.clear();
    queue.push(records(1, 2));
    expect(begun).toEqual(['1']);
    hold.get('1')?.resolve();
    await queue.settled();
    expect(begun).toEqual(['1', '1', '2']);
  });

  it('are not reported as done when the partition may be somebody else’s by then', async () => {
    hold.set('1', deferred());
    queue.push(records(1, 1));
    queue.clear();
    hold.get('1')?.resolve();
    await queue.settled();
    expect(done).toEqual([]);
  });

  it('end with the one in hand when the service leaves', async () => {
    hold.set('1', deferred());
    queue.push(records(1, 3));
    queue.leave();
    hold.get('1')?.resolve();
    await queue.settled();
    expect({ begun, done }).toEqual({ begun: ['1'], done: ['1'] });
  });

  it.each([
    ['more than a thousand', records(1, 1_002)],
    ['more than four megabytes', records(1, 6, 1_000_000)],
  ])('stop the fetching when there are %s, and start it again at half of that', async (_, many) => {
    hold.set('1', deferred());
    queue.push(many);
    expect(full).toEqual([true]);
    hold.get('1')?.resolve();
    await queue.settled();
    expect(full).toEqual([true, false]);
  });
});
