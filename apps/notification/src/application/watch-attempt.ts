import { type Clock } from '@kasir/kernel';
import { firstPlan } from '../domain/inquiry-plan.js';
import { applyVerdict, startWatching, type Watch, type WatchedPayment } from '../domain/watched-payment.js';
import { applyNews } from './apply-news.js';
import { type Stores } from './ports.js';

/** An attempt has started: from now on news of it can be judged, and what came too early is judged at once. */
export async function watchAttempt(
  stores: Stores,
  clock: Clock,
  paymentRequestId: string,
  watch: Watch,
): Promise<void> {
  const now = clock.now();
  const watching = startWatching(await stores.payments.lock(paymentRequestId), watch);
  if (watching.kind !== 'moved') return;
  await stores.payments.save(watching.thing);
  await stores.inquiries.plan(paymentRequestId, firstPlan(now));
  for (const news of await stores.waiting.take(paymentRequestId)) await applyNews(stores, news, now);
}

/** Antom may give a session more time than was asked for: until then its attempt may still bring money. */
export async function learnEnd({ payments }: Stores, paymentRequestId: string, endsAt: Date): Promise<void> {
  const endsLater = ({ watch }: WatchedPayment): boolean => watch !== null && watch.endsAt < endsAt;
  const known = await payments.find({ paymentRequestId });
  if (known === null || !endsLater(known)) return;
  const payment = await payments.lock(paymentRequestId);
  if (payment.watch !== null && endsLater(payment))
    await payments.save({ ...payment, watch: { ...payment.watch, endsAt } });
}

/** Antom has refused to open the session: nothing is left to be asked. Should Antom speak of it after all, it is believed. */
export async function endWatch(stores: Stores, paymentRequestId: string): Promise<void> {
  const payment = await stores.payments.lock(paymentRequestId);
  const rejected = applyVerdict(payment, 'rejected');
  if (rejected.kind !== 'moved') return;
  await stores.payments.save(rejected.thing);
  await stores.inquiries.end(paymentRequestId);
}
