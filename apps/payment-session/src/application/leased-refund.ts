import { type Refund } from '../domain/refund.js';
import { type Lease, type Stores, type UnitOfWork } from './ports.js';

/** Does something with a refund in a transaction of its own, if the lease still holds. */
export const withRefund = (
  unitOfWork: UnitOfWork,
  lease: Lease<Refund>,
  work: (stores: Stores, refund: Refund) => Promise<void>,
): Promise<void> =>
  unitOfWork.run(lease.causedBy, async (stores) => {
    await stores.orders.lock(lease.thing.orderId);
    const refund = await stores.refunds.leased(lease);
    if (refund !== undefined) await work(stores, refund);
  });
