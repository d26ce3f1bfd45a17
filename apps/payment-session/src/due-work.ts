import { longestWaitMs } from '@kasir/antom';
import { type Background } from '@kasir/service';
import { askForSession } from './application/ask-for-session.js';
import { askToCancel } from './application/ask-to-cancel.js';
import { askToRefund } from './application/ask-to-refund.js';
import { type Tools, type UnitOfWork } from './application/ports.js';
import { sealExpired } from './application/seal-order.js';
import { type CallsPace, dueCalls } from './inbound/due-calls.timer.js';
import { type Calls } from './inbound/stores-in.js';

/** One call to Antom may take so long, in milliseconds. */
export const callMs = 12_000;

/** A lease outlasts the calls of its work, and the wait for each; in milliseconds. */
export const leaseMs = (calls: number): number => calls * (longestWaitMs + callMs) + 3_000;

const pace = (calls: number, concurrency: number, pollMs: number): CallsPace => ({
  leaseMs: leaseMs(calls),
  pollMs,
  concurrency,
});

/** Everything that is done when its time has come, each kind by itself, so that none waits for another. */
export function dueWork(unitOfWork: UnitOfWork, tools: Tools, onError: (error: unknown) => void): Background & Calls {
  const sessions = dueCalls(
    { store: ({ attempts }) => attempts, work: askForSession },
    ...([unitOfWork, tools, pace(1, 16, 250), onError] as const),
  );
  // What becomes of a cancel may start an attempt, or let one be asked for.
  const cancels = dueCalls(
    { store: ({ cancels }) => cancels, work: (...args) => askToCancel(...args).then(() => sessions.wake()) },
    ...([unitOfWork, tools, pace(2, 8, 500), onError] as const),
  );
  const refunds = dueCalls(
    { store: ({ refunds }) => refunds, work: askToRefund },
    ...([unitOfWork, tools, pace(1, 4, 500), onError] as const),
  );
  const seals = dueCalls(
    { store: ({ orders }) => orders, work: (...args) => sealExpired(...args).then(() => cancels.wake()) },
    ...([unitOfWork, tools, pace(1, 4, 1_000), onError] as const),
  );
  const workers = [sessions, cancels, refunds, seals];
  return {
    start: () => workers.forEach((worker) => worker.start()),
    stop: async () => void (await Promise.all(workers.map((worker) => worker.stop()))),
    wake: () => [sessions, cancels, refunds].forEach((worker) => worker.wake()),
  };
}
