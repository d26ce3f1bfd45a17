import { type Clock } from '@kasir/kernel';
import { type Gauges } from '@kasir/service';
import { type UnitOfWork } from '../application/ports.js';

/** What waits for a person, and for how long. */
export const gauges = (work: UnitOfWork, clock: Clock): Gauges => ({
  abouts: {
    kasir_open_cases: { help: 'cases that are not resolved', labels: ['kind'] },
    kasir_overdue_cases: { help: 'open cases past their due time' },
    kasir_oldest_case_seconds: { help: 'how long the oldest open case has been open' },
  },
  read: () =>
    work.run(async ({ cases }) => {
      const now = clock.now();
      const { open, overdue, oldest } = await cases.load(now);
      return {
        kasir_open_cases: open.map(({ kind, count }) => ({ labels: { kind }, value: count })),
        kasir_overdue_cases: overdue,
        kasir_oldest_case_seconds: oldest === null ? 0 : Math.max(0, now.getTime() - oldest.getTime()) / 1000,
      };
    }),
});
