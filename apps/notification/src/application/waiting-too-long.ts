import { type Clock } from '@kasir/kernel';
import { type ForeignItem, type UnitOfWork, type WaitingItem } from './ports.js';

/** Causes come within seconds where nothing is broken. */
const patienceMs = 60 * 60_000;

const patienceBegan = (clock: Clock): Date => new Date(clock.now().getTime() - patienceMs);

/** How much verified news has waited for its attempt or refund longer than an hour, and since when. */
export const waitingTooLong = (unitOfWork: UnitOfWork, clock: Clock) =>
  unitOfWork.run(({ waitingRoom }) => waitingRoom.overdue(patienceBegan(clock)));

export interface WaitingReport {
  readonly waiting: readonly (WaitingItem & { readonly overdue: boolean })[];
  readonly foreign: readonly ForeignItem[];
}

/** What waits for its cause, the oldest first, and the newest of what belongs to other deployments. */
export function reportWaiting(unitOfWork: UnitOfWork, clock: Clock, limit: number): Promise<WaitingReport> {
  const began = patienceBegan(clock);
  return unitOfWork.run(async ({ waitingRoom }) => {
    const waiting = await waitingRoom.list(limit);
    const foreign = await waitingRoom.foreign(limit);
    return { waiting: waiting.map((item) => ({ ...item, overdue: item.since <= began })), foreign };
  });
}
