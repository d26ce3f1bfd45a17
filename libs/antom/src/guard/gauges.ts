import { type AntomHealth } from './guarded-antom.js';

const abouts = {
  kasir_antom_breaker: { help: 'the breaker before Antom: 0 closed, 1 half open, 2 open' },
  kasir_antom_retry_after_seconds: { help: 'until the next call may go, while it is open' },
  kasir_antom_calls_under_way: { help: 'calls that Antom has not answered yet' },
  kasir_antom_calls_waiting: { help: 'calls that wait for their turn' },
  kasir_antom_calls_refused: { help: 'calls since the start that were never sent' },
} as const;

const levels: Readonly<Record<AntomHealth['breaker'], number>> = { closed: 0, 'half-open': 1, open: 2 };

/** How calls to Antom fare, as gauges: what each is about, and their values when somebody asks. */
export const antomGauges = (antom: { health(): AntomHealth }) => ({
  abouts,
  read: (): Promise<Readonly<Record<keyof typeof abouts, number>>> => {
    const { breaker, retryAfterMs, underWay, waiting, refused } = antom.health();
    return Promise.resolve({
      kasir_antom_breaker: levels[breaker],
      kasir_antom_retry_after_seconds: retryAfterMs / 1_000,
      kasir_antom_calls_under_way: underWay,
      kasir_antom_calls_waiting: waiting,
      kasir_antom_calls_refused: refused,
    });
  },
});
