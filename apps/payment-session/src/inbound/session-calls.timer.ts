import { DueWorker } from '@kasir/service';
import { askForSession } from '../application/ask-for-session.js';
import { type Lease, type Tools, type UnitOfWork } from '../application/ports.js';

interface Pace {
  /** How long a claimed attempt is nobody else's, in milliseconds: longer than one call can take. */
  readonly leaseMs: number;
  /** How often to look for due attempts when nothing wakes us, in milliseconds. */
  readonly pollMs: number;
  /** How many calls may be under way at once. */
  readonly concurrency: number;
}

/** Looks for attempts whose call to Antom is due and makes the calls side by side. */
export const sessionCalls = (
  unitOfWork: UnitOfWork,
  tools: Tools,
  { leaseMs, ...pace }: Pace,
  onError: (error: unknown) => void,
): DueWorker<Lease> =>
  new DueWorker<Lease>(
    {
      claim: (limit) => {
        const now = tools.clock.now();
        const until = new Date(now.getTime() + leaseMs);
        return unitOfWork.run(undefined, ({ attempts }) => attempts.claimDue(now, until, limit));
      },
      work: (lease) => askForSession(unitOfWork, tools, lease),
      onError,
    },
    pace,
  );
