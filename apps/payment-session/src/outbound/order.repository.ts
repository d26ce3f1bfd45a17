import { type Tx } from '@kasir/messaging';
import { type Lease, type Orders } from '../application/ports.js';
import { type LockStatus, type OrderLock } from '../domain/order-lock.js';
import { type DueAt } from './leased-rows.js';

interface OrderRow {
  id: string;
  status: LockStatus;
  under_review: number;
  seals_at: Date | null;
  drained_at: Date | null;
  lease_version: number;
}

const toLock = ({ id: orderId, status, seals_at: sealsAt, drained_at: drainedAt, ...row }: OrderRow): OrderLock => ({
  orderId,
  status,
  underReview: row.under_review,
  ...(sealsAt === null ? {} : { sealsAt }),
  ...(drainedAt === null ? {} : { drainedAt }),
});

export const orderJobs = { name: 'orders', open: 'next_try_at is not null' };

export class OrderRepository implements Orders {
  constructor(
    private readonly tx: Tx,
    private readonly dueAt: DueAt,
  ) {}

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

  async claimDue(now: Date, until: Date, limit: number): Promise<Lease<OrderLock>[]> {
    const rows = await this.tx.query<OrderRow>(
      `update orders set next_try_at = $2, lease_version = lease_version + 1
       where id in (select id from orders where next_try_at <= $1 order by next_try_at limit $3 for update skip locked)
       returning *`,
      [now, until, limit],
    );
    return rows.map((row) => ({ thing: toLock(row), version: row.lease_version, tries: 1, causedBy: undefined }));
  }

  async leased({ thing, version }: Lease<OrderLock>): Promise<OrderLock | undefined> {
    const [row] = await this.tx.query<OrderRow>(
      'select * from orders where id = $1 and lease_version = $2 and next_try_at is not null for update',
      [thing.orderId, version],
    );
    return row === undefined ? undefined : toLock(row);
  }
}
