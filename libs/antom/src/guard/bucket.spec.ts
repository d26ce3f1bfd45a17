import { type Bucket, draw, fullBucket } from './bucket.js';

const limits = { perSecond: 10, burst: 3 };

/** Takes as many tokens as there are. */
function takeAll(from: Bucket, now: number): { taken: number; bucket: Bucket; waitMs: number } {
  for (let [bucket, taken] = [from, 0]; ; taken += 1) {
    const drawn = draw(bucket, limits, now);
    bucket = drawn.bucket;
    if (drawn.kind === 'empty') return { taken, bucket, waitMs: drawn.waitMs };
  }
}

describe('the token bucket', () => {
  it('lets a burst through and then says how long to wait', () => {
    expect(takeAll(fullBucket(limits, 0), 0)).toMatchObject({ taken: 3, waitMs: 100 });
  });

  it('gives tokens back evenly, parts of one included', () => {
    const { bucket } = takeAll(fullBucket(limits, 0), 0);
    expect(draw(bucket, limits, 40)).toMatchObject({ kind: 'empty', waitMs: 60 });
    expect(draw(bucket, limits, 100).kind).toBe('taken');
  });

  it('never holds more than the burst', () => {
    const { bucket } = takeAll(fullBucket(limits, 0), 0);
    expect(takeAll(bucket, 3_600_000).taken).toBe(3);
  });

  it('lets no more than the rate through over a long time', () => {
    let bucket = fullBucket(limits, 0);
    let taken = 0;
    for (let now = 0; now < 10_000; now += 7) {
      const all = takeAll(bucket, now);
      [bucket, taken] = [all.bucket, taken + all.taken];
    }
    expect(taken).toBeGreaterThanOrEqual(101);
    expect(taken).toBeLessThanOrEqual(103);
  });
});
