import { type Draft, Jobs } from '@kasir/testing/memory';
import { type CausedBy, type OutgoingEvent, type Stores } from '../application/ports.js';
import { type Attempt, isLeaving, isLiving } from '../domain/attempt.js';
import { type OrderLock, openLock } from '../domain/order-lock.js';
import { type Payment } from '../domain/payment.js';
import { isOpenRefund, type Refund } from '../domain/refund.js';

const soon = <Value>(value: Value): Promise<Value> => Promise.resolve(value);

/**
 * The ports over plain maps, with the rules of the SQL. The table `outbox` holds events that the broker has not acknowledged yet,
 * each with its id.
 */
export function paymentSessionStores(
  draft: Draft,
  causedBy: CausedBy,
  say: (event: OutgoingEvent) => Promise<string>,
): Stores {
  const fresh = { version: 0, tries: 0, causedBy };
  const attempts = new Jobs<Attempt>(
    draft.table('attempts'),
    ({ paymentSessionId }) => paymentSessionId,
    ({ status }) => status === 'waiting' || status === 'started',
  );
  return {
    causedBy,
    say,
    orders: orderStore(draft, fresh),
    attempts: attemptStore(draft, attempts, fresh),
    cancels: cancelStore(draft, attempts, fresh),
    refunds: refundStore(draft, fresh),
    payments: paymentStore(draft),
  };
}

interface Fresh {
  readonly version: number;
  readonly tries: number;
  readonly causedBy: CausedBy;
}

function orderStore(draft: Draft, fresh: Fresh): Stores['orders'] {
  const table = draft.table<{ thing: OrderLock }>('orders');
  const orders = new Jobs<OrderLock>(
    draft.table('orders'),
    ({ orderId }) => orderId,
    () => true,
  );
  return {
    lock(orderId) {
      const known = table.hold(orderId)?.thing;
      const lock = known ?? openLock(orderId);
      if (known === undefined) void orders.put({ ...fresh, thing: lock, dueAt: undefined });
      return soon(lock);
    },
    save(thing) {
      const row = orders.find(thing.orderId) ?? fresh;
      return orders.put({ ...row, thing, dueAt: thing.status === 'open' ? thing.sealsAt : undefined });
    },
    claimDue: (...due) => soon(orders.claim(...due)),
    leased: (lease) => soon(orders.find(lease.thing.orderId)?.dueAt && orders.leased(lease)),
  };
}

function attemptStore(draft: Draft, attempts: Jobs<Attempt>, fresh: Fresh): Stores['attempts'] {
  const cancels = cancelJobs(draft);
  return {
    ofOrder: (orderId) => soon(attempts.things((attempt) => attempt.orderId === orderId)),
    add(thing, dueAt) {
      requireOne(attempts, thing);
      return attempts.put({ ...fresh, thing, dueAt });
    },
    save(thing, dueAt) {
      requireOne(attempts, thing);
      const row = attempts.find(thing.paymentSessionId)!;
      const isOpen = thing.status === 'waiting' || thing.status === 'started';
      const cancel = cancels.find(thing.paymentSessionId);
      if (cancel !== undefined)
        void cancels.put({ ...cancel, thing, ...(isLeaving(thing) ? {} : { dueAt: undefined }) });
      return attempts.put({ ...row, thing, dueAt: isOpen ? (dueAt ?? row.dueAt) : undefined });
    },
    claimDue: (...due) => soon(attempts.claim(...due)),
    leased(lease) {
      const attempt = attempts.leased(lease);
      return soon(attempt?.status === lease.thing.status ? attempt : undefined);
    },
    tryAgainAt: (...again) => attempts.again(...again),
  };
}

/** Open are those whose CancelStarted the broker has acknowledged. */
function cancelJobs(draft: Draft): Jobs<Attempt> {
  const waits = (id: string | undefined) =>
    [...draft.table<{ id: string }>('outbox').values()].some((event) => event.id === id);
  return new Jobs<Attempt>(
    draft.table('cancels'),
    ({ paymentSessionId }) => paymentSessionId,
    (attempt) => isLeaving(attempt) && !waits(attempt.cancel?.startedId),
  );
}

function cancelStore(draft: Draft, attempts: Jobs<Attempt>, fresh: Fresh): Stores['cancels'] {
  const cancels = cancelJobs(draft);
  return {
    begin(thing, dueAt) {
      const version = (cancels.find(thing.paymentSessionId)?.version ?? -1) + 1;
      void attempts.put({ ...attempts.find(thing.paymentSessionId)!, thing });
      return cancels.put({ ...fresh, thing, dueAt, version });
    },
    claimDue: (...due) => soon(cancels.claim(...due)),
    leased: (lease) => soon(cancels.leased(lease)),
    tryAgainAt: (...again) => cancels.again(...again),
  };
}

function refundStore(draft: Draft, fresh: Fresh): Stores['refunds'] {
  const refunds = new Jobs<Refund>(draft.table('refunds'), ({ refundRequestId }) => refundRequestId, isOpenRefund);
  return {
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
  };
}

function paymentStore(draft: Draft): Stores['payments'] {
  const payments = draft.table<Payment>('payments');
  const keyOf = (paymentSessionId: string, paymentId: string) => `${paymentSessionId}/${paymentId}`;
  return {
    find: (paymentSessionId, paymentId) => soon(payments.get(keyOf(paymentSessionId, paymentId))),
    ofOrder: (orderId) => soon([...payments.values()].filter((payment) => payment.orderId === orderId)),
    save: (payment) => soon(void payments.set(keyOf(payment.paymentSessionId, payment.paymentId), payment)),
  };
}

/** What the database's partial unique indexes refuse. */
function requireOne(attempts: Jobs<Attempt>, attempt: Attempt): void {
  const others = attempts.things(
    ({ orderId, paymentSessionId }) => orderId === attempt.orderId && paymentSessionId !== attempt.paymentSessionId,
  );
  if (isLiving(attempt) && others.some(isLiving)) throw new Error(`one_living_attempt: two live of ${attempt.orderId}`);
  if (attempt.status === 'waiting' && others.some(({ status }) => status === 'waiting'))
    throw new Error(`one_waiting_attempt: two wait of ${attempt.orderId}`);
}
