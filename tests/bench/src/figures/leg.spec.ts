import { type LegOutcome } from '../generator/protocol.js';
import { type Counters } from '../run/snapshot.js';
import { costsOf, cpuOfSystem, latenciesOf, timelineOf } from './leg.js';

const outcome = (payments: LegOutcome['payments'], more: Partial<LegOutcome> = {}): LegOutcome => ({
  payments,
  created: payments.flatMap(([, post], index) => (post === null ? [] : [`o-${index}`])),
  failures: {},
  stoppedEarly: false,
  lastedMs: 2_000,
  ...more,
});

describe('a leg', () => {
  it('counts what is missing and what failed apart', () => {
    const leg = latenciesOf(
      2,
      outcome([
        [0, 10, 40],
        [500, 12, null],
        [1_000, null, null],
      ]),
    );
    expect(leg).toMatchObject({ sent: 3, paid: 1, missing: 1, failed: 1, paidPerSecond: 0.5 });
  });

  it('has achieved what was paid a second after the last payment was due', () => {
    const leg = latenciesOf(
      2,
      outcome([
        [0, 10, 1_999],
        [500, 10, 1_600],
        [1_000, 10, 1_000],
        [1_000, 10, 1_001],
      ]),
    );
    expect(leg.achieved).toBe(0.5);
  });

  it('divides what grew by its payments, and leaves the generator out of the system', () => {
    const counters = (times: number): Counters => ({
      cpu: { order: 100 * times, generator: 50 * times },
      machine: { at: times, busyMs: 0, oursMs: 0 },
      database: { statements: 40 * times, commits: 20 * times, commitsWithSubscriber: 30 * times, fsyncs: 8 * times },
      records: { records: 6 * times, offsetRecords: 4 * times },
      requests: { Fetch: 10 * times, Heartbeat: 7 },
    });
    const costs = costsOf(counters(1), counters(3), 10);
    expect(costs.cpuMsPerPayment).toEqual({ order: 20, generator: 10 });
    expect(cpuOfSystem(costs)).toBe(20);
    expect(costs.perPayment).toEqual({
      statements: 8,
      commits: 4,
      commitsWithSubscriber: 6,
      fsyncs: 1.6,
      records: 1.2,
      offsetRecords: 0.8,
      requests: { Fetch: 2 },
    });
  });

  it('shows what was due in each second', () => {
    expect(
      timelineOf(
        outcome([
          [0, 1, 5],
          [999, 1, 7],
          [1_000, 1, null],
        ]),
      ),
    ).toEqual([
      { second: 0, paid: 2, p50: 5, p99: 7 },
      { second: 1, paid: 0, p50: null, p99: null },
    ]);
  });
});
