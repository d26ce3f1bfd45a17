import { type Clock } from '@kasir/kernel';
import { type Background, DueSchedule, type DueTimes, DueWorker } from '@kasir/service';
import { type UnitOfWork } from '../application/ports.js';
import { reportOverdue } from '../application/report-overdue.js';

interface Options {
  readonly work: UnitOfWork;
  readonly clock: Clock;
  /** When the next order is closing for too long. */
  readonly nextDue: () => Promise<DueTimes<'closings'>>;
  readonly onError: (error: unknown) => void;
  readonly pollMs?: number | undefined;
}

/** Looks for orders that have been closing for too long; each is dealt with in the transaction that finds it. */
export function overdueClosings({ work, ...options }: Options): Background {
  const { clock, onError } = options;
  const closings = new DueWorker({
    claim: (limit) => work.run((stores) => reportOverdue(stores, clock.now(), limit)),
    work: () => Promise.resolve(),
    onError,
    concurrency: 16,
  });
  return new DueSchedule({ closings }, options);
}
