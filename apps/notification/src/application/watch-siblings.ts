import { type WatchedPayment, watchedClosely } from '../domain/watched-payment.js';
import { type Stores } from './ports.js';

const hasMoney = ({ status }: WatchedPayment): boolean => status === 'succeeded' || status === 'under_review';

/**
 * Once money came for an order, its other sessions are inquired about often until they end. One that is being changed at
 * this moment is left out and keeps its usual plan: two payments of one order must not wait for each other.
 */
export async function watchSiblings({ payments }: Stores, paid: readonly WatchedPayment[], now: Date): Promise<void> {
  const orderIds = new Set(paid.filter(hasMoney).flatMap(({ watch }) => watch?.orderId ?? []));
  const own = new Set(paid.map(({ paymentRequestId }) => paymentRequestId));
  const free = await Promise.all([...orderIds].map((orderId) => payments.freeOfOrder(orderId)));
  await saveClosely(
    payments,
    free.flat().filter(({ paymentRequestId }) => !own.has(paymentRequestId)),
    now,
  );
}

/** The order takes no new attempt: what it has left should bring no money. */
export const watchSealed = async ({ payments }: Stores, orderId: string, now: Date): Promise<void> =>
  saveClosely(payments, await payments.ofOrder(orderId), now);

/** Saves payments that should bring no money any more as such. */
export async function saveClosely(
  payments: Stores['payments'],
  unwanted: readonly WatchedPayment[],
  now: Date,
): Promise<void> {
  const changed = unwanted.map((payment) => [payment, watchedClosely(payment, now)] as const);
  await Promise.all(changed.filter(([before, after]) => before !== after).map(([, after]) => payments.save(after)));
}
