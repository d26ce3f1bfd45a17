import { antomGauges } from './gauges.js';

describe('the gauges of the way to Antom', () => {
  it('say how calls fare, each with what it is about', async () => {
    const health = { breaker: 'open', retryAfterMs: 1_500, underWay: 2, waiting: 3, refused: 4 } as const;
    const { abouts, read } = antomGauges({ health: () => health });
    const values = await read();
    expect(values).toEqual({
      kasir_antom_breaker: 2,
      kasir_antom_retry_after_seconds: 1.5,
      kasir_antom_calls_under_way: 2,
      kasir_antom_calls_waiting: 3,
      kasir_antom_calls_refused: 4,
    });
    expect(Object.keys(values)).toEqual(Object.keys(abouts));
  });
});
