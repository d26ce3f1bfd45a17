import { type Clock } from '@kasir/kernel';
import { firstPlan, planned } from '../domain/inquiry-plan.js';
import { transition, type Watch, type WatchedPayment } from '../domain/watched-payment.js';
import { decide } from './apply-update.js';
import { type Stores } from './ports.js';
import { saveClosely, watchSiblings } from './watch-siblings.js';

interface Announced {
  readonly paymentRequestId: string;
  readonly watch: Watch;
  /** Sessions of the order that the buyer should not pay any more. */
  readonly supersedes?: readonly string[];
  /** Antom has refused to open the session: there is nothing to inquire about, unless Antom reports a payment after all. */
  readonly isRefused?: boolean;
}

/** An attempt was announced: from now on what Antom reports of it can be judged, and it is inquired about. */
export async function watchAttempt(
  stores: Stores,
  clock: Clock,
  { paymentRequestId, watch, supersedes = [], isRefused = false }: Announced,
): Promise<void> {
  const now = clock.now();
  const { payments } = stores;
  const ids = new Set([paymentRequestId, ...supersedes]);
  const [payment, ...superseded] = await Promise.all([...ids].map((id) => payments.lock(id)));
  await saveClosely(payments, superseded, now);
  const { kind, thing } = transition({ ...payment!, watch, waiting: [] }, 'announce');
  if (kind !== 'moved') return;
  let left: WatchedPayment = isRefused ? thing : planned(thing, firstPlan(now));
  for (const { update } of payment!.waiting) left = await decide(stores, left, update, { now });
  await payments.save(left);
  await watchSiblings(stores, [left], now);
}

/** Kept from the first time on, also where it comes before the session's own event: a success is inquired about first. */
export async function rememberCancel({ payments }: Stores, clock: Clock, paymentRequestId: string): Promise<void> {
  const payment = await payments.lock(paymentRequestId);
  if (payment.cancelStartedAt === null) await payments.save({ ...payment, cancelStartedAt: clock.now() });
}
