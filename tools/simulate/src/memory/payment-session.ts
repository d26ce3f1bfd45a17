import { type CausedBy, type News, type Stores } from '@kasir/payment-session/application/ports';
import { type Attempt } from '@kasir/payment-session/domain/attempt';
import { type CancelJob } from '@kasir/payment-session/domain/cancel';
import { type OrderLock } from '@kasir/payment-session/domain/order-lock';
import { type Payment } from '@kasir/payment-session/domain/payment';
import { type Refund } from '@kasir/payment-session/domain/refund';
import { type Review } from '@kasir/payment-session/domain/review';
import { type Draft } from './database.js';
import { Jobs } from './jobs.js';
import { insert } from './notification.js';

const soon = <Value>(value: Value): Promise<Value> => Promise.resolve(value);

/** The ports of payment-session over plain maps, with the rules of its SQL. */
export function paymentSessionStores(draft: Draft, causedBy: CausedBy, say: (news: News) => Promise<void>): Stores {
  const orders = new Jobs<OrderLock>(
    draft.table('orders'),
    ({ orderId }) => orderId,
    () => true,
  );
  const attempts = new Jobs<Attempt>(
    draft.table('attempts'),
    ({ paymentSessionId }) => paymentSessionId,
    ({ status }) => status === 'waiting' || status === 'started',
  );
  const cancels = new Jobs<CancelJob>(
    draft.table('cancels'),
    ({ paymentSessionId }) => paymentSessionId,
    ({ status }) => status === 'wanted',
  );
  const refunds = new Jobs<Refund>(draft.table('refunds'), ({ refundRequestId }) => refundRequestId, isOpenRefund);
  const payments = draft.table<Payment>('payments');
  const reviews = draft.table<Review>('reviews');
  const fresh = { version: 0, tries: 0, causedBy };

  return {
    causedBy,
    say,
    orders: {
      lock(orderId) {
        const known = orders.find(orderId)?.thing;
        const lock: OrderLock = known ?? { orderId, status: 'open' };
        if (known === undefined) void orders.put({ ...fresh, thing: lock, dueAt: undefined });
        return soon(lock);
      },
      save(thing) {
        const takesAttempts = thing.status === 'open' || thing.status === 'under-review';
        const row = orders.find(thing.orderId) ?? fresh;
        return orders.put({ ...row, thing, dueAt: takesAttempts ? thing.sealsAt : undefined });
      },
      claimDue: (...due) => soon(orders.claim(...due)),
      leased: (lease) => soon(orders.find(lease.thing.orderId)?.dueAt && orders.leased(lease)),
    },
    attempts: {
      ofOrder: (orderId) => soon(attempts.things((attempt) => attempt.orderId === orderId)),
      add(thing, dueAt) {
        requireOneLiving(attempts, thing);
        return attempts.put({ ...fresh, thing, dueAt });
      },
      save(thing, dueAt) {
        const row = attempts.find(thing.paymentSessionId)!;
        const isOpen = thing.status === 'waiting' || thing.status === 'started';
        requireOneLiving(attempts, thing);
        return attempts.put({ ...row, thing, dueAt: isOpen ? (dueAt ?? row.dueAt) : undefined });
      },
      claimDue: (...due) => soon(attempts.claim(...due)),
      leased(lease) {
        const attempt = attempts.leased(lease);
        return soon(attempt?.status === lease.thing.status ? attempt : undefined);
      },
      tryAgainAt: (...again) => attempts.again(...again),
    },
    cancels: {
      of: (paymentSessionId) => soon(cancels.find(paymentSessionId)?.thing),
      put(thing, dueAt) {
        const version = (cancels.find(thing.paymentSessionId)?.version ?? -1) + 1;
        return cancels.put({ ...fresh, thing, dueAt, version });
      },
      finish: (thing) => cancels.put({ ...cancels.find(thing.paymentSessionId)!, thing, dueAt: undefined }),
      claimDue: (...due) =>
        soon(
          cancels.claim(...due).map((lease) => ({
            ...lease,
            attempt: attempts.find(lease.thing.paymentSessionId)!.thing,
          })),
        ),
      leased: (lease) => soon(cancels.leased(lease)),
      tryAgainAt: (...again) => cancels.again(...again),
    },
    refunds: {
      find: (refundRequestId) => soon(refunds.find(refundRequestId)?.thing),
      ofAttempt: (id) => soon(refunds.things(({ paymentSessionId }) => paymentSessionId === id)),
      add: (thing, dueAt) => refunds.put({ ...fresh, thing, dueAt }),
      save(thing, dueAt) {
        const row = refunds.find(thing.refundRequestId)!;
        const same = row.thing.status === thing.status;
        const next = isOpenRefund(thing) ? (dueAt ?? row.dueAt) : undefined;
        const counted = same ? {} : { tries: 0, version: row.version + 1 };
        return refunds.put({ ...row, ...counted, thing, dueAt: next });
      },
      claimDue: (...due) => soon(refunds.claim(...due)),
      leased: (lease) => soon(refunds.leased(lease)),
      tryAgainAt: (...again) => refunds.again(...again),
    },
    payments: {
      add: (payment) => soon(void insert(payments, keyOf(payment), payment)),
      find: (paymentSessionId, paymentId) => soon(payments.get(keyOf({ paymentSessionId, paymentId }))),
    },
    reviews: {
      ofOrder: (orderId) => soon([...reviews.values()].filter((review) => review.orderId === orderId)),
      save: (review) => soon(void reviews.set(keyOf(review), review)),
    },
  };
}

const keyOf = ({ paymentSessionId, paymentId }: Pick<Payment, 'paymentSessionId' | 'paymentId'>): string =>
  `${paymentSessionId}/${paymentId}`;

const isOpenRefund = ({ status }: Refund): boolean => status === 'considered' || status === 'started';

/** What the database's partial unique indexes refuse. */
function requireOneLiving(attempts: Jobs<Attempt>, { orderId, paymentSessionId, status, stopped }: Attempt): void {
  const isLiving = (attempt: Pick<Attempt, 'status' | 'stopped'>) =>
    (attempt.status === 'started' || attempt.status === 'created') && !attempt.stopped;
  if (!isLiving({ status, stopped })) return;
  const others = attempts.things(
    (attempt) => attempt.orderId === orderId && attempt.paymentSessionId !== paymentSessionId && isLiving(attempt),
  );
  if (others.length > 0) throw new Error(`two attempts of ${orderId} live`);
}
