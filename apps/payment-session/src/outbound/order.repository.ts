import { type Tx } from '@kasir/messaging';
import { type Orders } from '../application/ports.js';
import { type LockStatus, type OrderLock } from '../domain/order-lock.js';
import { type DueAt, LeasedRows, ownJob } from './leased-rows.js';

interface OrderRow {
  id: string;
  status: LockStatus;
  under_review: number;
  seals_at: Date | null;
  drained_at: Date | null;
}

const toLock = ({ id: orderId, status, seals_at: sealsAt, drained_at: drainedAt, ...row }: OrderRow): OrderLock => ({
  ...{ orderId, status, underReview: row.under_review },
  ...(sealsAt === null ? {} : { sealsAt }),
  ...(drainedAt === null ? {} : { drainedAt }),
});

export const orderJobs = {
  ...{ name: 'orders', key: 'id', columns: ownJob, open: 'next_try_at is not null' },
  read: toLock,
  keyOf: ({ orderId }: OrderLock) => orderId,
};

export class OrderRepository extends LeasedRows<OrderRow, OrderLock> implements Orders {
  constructor(tx: Tx, dueAt: DueAt) {
    super(tx, orderJobs, dueAt);
  }

  async lock(orderId: string): Promise<OrderLock> {
    await this.tx.query('insert into orders (id) values ($1) on conflict do nothing', [orderId]);
    const [row] = await this.tx.query<OrderRow>('select * from orders where id = $1 for update', [orderId]);
    return toLock(row!);
  }

  async save({ orderId, status, underReview, sealsAt, drainedAt }: OrderLock): Promise<void> {
    const nextTryAt = status === 'open' ? sealsAt : undefined;
    await this.tx.query(
      'update orders set status = $2, seals_at = $3, next_try_at = $4, drained_at = $5, under_review = $6 where id = $1',
      [orderId, status, sealsAt ?? null, nextTryAt ?? null, drainedAt ?? null, underReview],
    );
    if (nextTryAt !== undefined) this.dueAt(nextTryAt);
  }
}
