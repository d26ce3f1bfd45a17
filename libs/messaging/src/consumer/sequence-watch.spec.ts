import { SequenceWatch } from './sequence-watch.js';

describe('the count of a producer’s news about one order', () => {
  const watch = (...sequences: number[]): SequenceWatch => {
    const seen = new SequenceWatch();
    for (const sequence of sequences) seen.observe({ source: 'order', subject: 'order-1', sequence });
    return seen;
  };
  it('is in order', () => {
    expect(watch(1, 2, 3)).toMatchObject({ gaps: 0, repeats: 0 });
  });
  it('has a hole', () => {
    expect(watch(1, 3, 4)).toMatchObject({ gaps: 1, repeats: 0 });
  });
  it('repeats itself', () => {
    expect(watch(1, 2, 1, 2, 3)).toMatchObject({ gaps: 0, repeats: 2 });
  });
  it('may begin anywhere for somebody who comes later', () => {
    expect(watch(17, 18)).toMatchObject({ gaps: 0, repeats: 0 });
  });
  it('says nothing about another order or another producer', () => {
    const seen = watch(1);
    seen.observe({ source: 'order', subject: 'order-2', sequence: 5 });
    seen.observe({ source: 'notification', subject: 'order-1', sequence: 9 });
    expect(seen).toMatchObject({ gaps: 0, repeats: 0 });
  });
  it('counts messages that are not handled by their headers, and passes over headers that count nothing', () => {
    const seen = watch(1);
    const headers = { ce_source: 'order', ce_subject: 'order-1', ce_sequence: Buffer.from('2') };
    seen.observeHeaders(headers);
    for (const broken of [{}, { ...headers, ce_sequence: 'two' }, { ...headers, ce_subject: undefined }])
      seen.observeHeaders(broken);
    seen.observe({ source: 'order', subject: 'order-1', sequence: 3 });
    expect(seen).toMatchObject({ gaps: 0, repeats: 0 });
  });
  it('begins anew when others may have read on in the meantime', () => {
    const seen = watch(1, 2);
    seen.forget();
    seen.observe({ source: 'order', subject: 'order-1', sequence: 9 });
    expect(seen.gaps).toBe(0);
  });
});
