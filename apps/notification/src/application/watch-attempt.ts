import { type Clock } from '@kasir/kernel';
import { firstPlan } from '../domain/inquiry-plan.js';
import { startWatching, type Watch } from '../domain/watched-payment.js';
import { applyNews } from './apply-news.js';
import { type Stores } from './ports.js';

/** An attempt has started: from now on news of it can be judged, and what came too early is judged at once. */
export async function watchAttempt(
  stores: Stores,
  clock: Clock,
  paymentRequestId: string,
  watch: Watch,
): Promise<void> {
  const watching = startWatching(await stores.payments.lock(paymentRequestId), watch);
  if (watching.kind !== 'moved') return;
  await stores.payments.save(watching.thing);
  await stores.inquiries.plan(paymentRequestId, firstPlan(clock.now()));
  for (const news of await stores.waiting.take(paymentRequestId)) await applyNews(stores, news);
}
