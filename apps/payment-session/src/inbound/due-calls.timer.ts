import { logContext } from '@kasir/platform';
import { DueWorker } from '@kasir/service';
import { type Lease, type Stores, type Tools, type UnitOfWork } from '../application/ports.js';

export interface CallsPace {
  /** How long a claimed piece of work is nobody else's, in milliseconds: longer than its calls can take. */
  readonly leaseMs: number;
  /** How many pieces may be under way at once. */
  readonly concurrency: number;
}

/** A store whose rows are work, and what is to be done with each that is due. */
export interface DueCalls<Claimed> {
  store(stores: Stores): { claimDue(now: Date, until: Date, limit: number): Promise<Claimed[]> };
  work(unitOfWork: UnitOfWork, tools: Tools, lease: Claimed): Promise<void>;
}

/** Does due work of one kind side by side. What is logged meanwhile names the order. */
export const dueCalls = <Claimed extends Lease<{ readonly orderId: string }>>(
  { store, work }: DueCalls<Claimed>,
  unitOfWork: UnitOfWork,
  tools: Tools,
  { leaseMs, concurrency }: CallsPace,
  onError: (error: unknown) => void,
): DueWorker<Claimed> =>
  new DueWorker<Claimed>({
    claim: (limit) => {
      const now = tools.clock.now();
      const until = new Date(now.getTime() + leaseMs);
      return unitOfWork.run(undefined, (stores) => store(stores).claimDue(now, until, limit));
    },
    work: (lease) => logContext.run({ orderId: lease.thing.orderId }, () => work(unitOfWork, tools, lease)),
    onError,
    concurrency,
  });
