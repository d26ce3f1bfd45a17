import { longestWaitMs } from '@kasir/antom';
import { DueSchedule, type DueTimes } from '@kasir/service';
import { askForSession } from './application/ask-for-session.js';
import { askToCancel } from './application/ask-to-cancel.js';
import { askToRefund } from './application/ask-to-refund.js';
import { type DueKind, type Tools, type UnitOfWork } from './application/ports.js';
import { sealExpired } from './application/seal-order.js';
import { type CallsPace, dueCalls } from './inbound/due-calls.timer.js';

/** One call to Antom may take so long, in milliseconds. */
export const callMs = 12_000;

/** A lease outlasts the calls of its work, and the wait for each; in milliseconds. */
export const leaseMs = (calls: number): number => calls * (longestWaitMs + callMs) + 3_000;

const pace = (calls: number, concurrency: number): CallsPace => ({ leaseMs: leaseMs(calls), concurrency });

export interface DueWorkOptions {
  readonly unitOfWork: UnitOfWork;
  readonly tools: Tools;
  /** When the next row of each kind is due. */
  readonly nextDue: (now: Date) => Promise<DueTimes<DueKind>>;
  readonly onError: (error: unknown) => void;
  readonly pollMs?: number | undefined;
}

/** Everything that is done when its time has come, each kind by itself, so that none waits for another. */
export function dueWork({ unitOfWork, tools, nextDue, onError, pollMs }: DueWorkOptions): DueSchedule<DueKind> {
  const around = [unitOfWork, tools] as const;
  const workers = {
    sessions: dueCalls({ store: ({ attempts }) => attempts, work: askForSession }, ...around, pace(1, 16), onError),
    cancels: dueCalls({ store: ({ cancels }) => cancels, work: askToCancel }, ...around, pace(2, 8), onError),
    refunds: dueCalls({ store: ({ refunds }) => refunds, work: askToRefund }, ...around, pace(1, 4), onError),
    seals: dueCalls({ store: ({ orders }) => orders, work: sealExpired }, ...around, pace(1, 4), onError),
  };
  return new DueSchedule<DueKind>(workers, { nextDue, clock: tools.clock, onError, pollMs });
}
