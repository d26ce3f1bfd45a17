import { shardCount, shardOf } from './shards.js';

describe('the shard of a key', () => {
  it('is the same for ever, because rows that carry it outlive the program', () => {
    expect(['order-1', 'order-2', 'ORDER_20230803165257496', 'ร้านกาแฟ'].map(shardOf)).toEqual([15, 5, 13, 14]);
  });
  it('is one of sixteen, each with its share', () => {
    const counts = Array.from({ length: shardCount }, () => 0);
    for (let index = 0; index < 16_000; index += 1) counts[shardOf(`order-${index}`)]! += 1;
    expect(Math.min(...counts)).toBeGreaterThan(800);
    expect(counts).toHaveLength(16);
  });
});
