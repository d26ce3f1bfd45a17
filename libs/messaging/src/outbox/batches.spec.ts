import { firstBatch } from './batches.js';

const row = (bytes: number) => ({ topic: 'payments.v1', key: '', headers: {}, body: 'x'.repeat(bytes) });

describe('what one call carries', () => {
  it('is everything when that is little', () => {
    expect(firstBatch([row(10), row(10)])).toHaveLength(2);
  });
  it('is 1,000 records at most', () => {
    expect(firstBatch(Array.from({ length: 1_001 }, () => row(1)))).toHaveLength(1_000);
  });
  it('is 900,000 bytes at most, headers and keys counted', () => {
    const headed = { topic: 'payments.v1', key: 'order-1', headers: { ce_id: 'x'.repeat(300_000) }, body: '' };
    expect(firstBatch([headed, headed, headed, headed])).toHaveLength(2);
  });
  it('counts bytes, not letters', () => {
    expect(firstBatch([row(0), { ...row(0), body: 'ก'.repeat(300_000) }, row(1)])).toHaveLength(2);
  });
  it('is one record that is larger alone, so that the broker can say what it thinks of it', () => {
    expect(firstBatch([row(2_000_000), row(1)])).toHaveLength(1);
  });
});
