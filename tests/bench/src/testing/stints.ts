import { type BenchResult } from '../run/bench.js';
import { type StintResult } from '../run/run-stint.js';

interface Figures {
  readonly p50: number;
  readonly p99: number;
  readonly knee?: number;
  readonly commits?: number;
  readonly offsetRecords?: number;
}

/** A stint with one leg at 20/s, for tests of what is made of it. */
export function stintOf(system: string, { p50, p99, knee, commits = 5, offsetRecords = 1 }: Figures): StintResult {
  const leg = {
    rate: 20,
    seconds: 60,
    sent: 1_200,
    paid: 1_200,
    missing: 0,
    failed: 0,
    failures: {},
    stoppedEarly: false,
    achieved: 1,
    paidPerSecond: 20,
    post: { p50: p50 / 2, p95: p99 / 2, p99: p99 / 2, max: p99 / 2 },
    e2e: { p50, p95: p99, p99, max: p99 },
    cpuMsPerPayment: { gateway: 10, postgres: 5, generator: 3 },
    perPayment: {
      statements: 20,
      commits,
      commitsWithSubscriber: commits + 2,
      fsyncs: 4,
      records: 6,
      offsetRecords,
      requests: { Fetch: 3, Produce: 2 },
    },
    memoryMiB: { gateway: 150 },
    eventLoopP99Ms: { gateway: 12 },
    othersCpu: 0.01,
    timeline: [{ second: 0, paid: 20, p50, p99 }],
  };
  return {
    system,
    run: 1,
    legs: [leg],
    payments: 1_200,
    redelivered: 0,
    ...(knee === undefined ? {} : { knee: { rate: knee, within: 1.15, legs: [] } }),
  };
}

export const resultOf = (stints: readonly StintResult[], more: Partial<BenchResult> = {}): BenchResult => ({
  measuredAt: new Date(0).toISOString(),
  command: 'npm run bench -- payments --quick',
  mode: 'quick',
  settings: { systems: ['floor', 'usual-way', 'kasir'], instances: 1, bank: 'immediate' },
  machine: { cpu: 'a CPU', cores: 2, node: 'v24' },
  versions: { kafka: '4.4.0', postgres: '18.4' },
  measured: { commit: 'abcdef0123', changed: false, bench: 'abcdef0123' },
  tookMinutes: 11,
  void: [],
  stints,
  ...more,
});
