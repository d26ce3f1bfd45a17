import { type Clock } from '@kasir/kernel';
import { type UnitOfWork, type UnmatchedItem } from './ports.js';
import { type ForeignItem } from './webhook-ports.js';

/** Causes come within seconds where nothing is broken. */
const overdueMs = 60 * 60_000;

const overdueBefore = (clock: Clock): Date => new Date(clock.now().getTime() - overdueMs);

/** How many verified updates have waited for their attempt or refund longer than an hour, and since when. */
export const overdueUpdates = (unitOfWork: UnitOfWork, clock: Clock) =>
  unitOfWork.run(({ unmatched }) => unmatched.overdue(overdueBefore(clock)));

export interface UnmatchedReport {
  readonly waiting: readonly (UnmatchedItem & { readonly overdue: boolean })[];
  readonly foreign: readonly ForeignItem[];
}

/** What waits for its cause, the oldest first, and the newest of what belongs to other deployments. */
export function reportUnmatched(unitOfWork: UnitOfWork, clock: Clock, limit: number): Promise<UnmatchedReport> {
  const before = overdueBefore(clock);
  return unitOfWork.run(async ({ unmatched, webhooks }) => {
    const waiting = await unmatched.list(limit);
    const foreign = await webhooks.foreign(limit);
    return { waiting: waiting.map((item) => ({ ...item, overdue: item.since <= before })), foreign };
  });
}
