import { type Clock, type Outcome } from '@kasir/kernel';
import { firstPlan } from '../domain/inquiry-plan.js';
import { startRejected, startWatching, type Watch, type WatchedPayment } from '../domain/watched-payment.js';
import { applyNews } from './apply-news.js';
import { type Stores } from './ports.js';

type Start = (payment: WatchedPayment, watch: Watch) => Outcome<WatchedPayment>;
type Announce = (stores: Stores, clock: Clock, paymentRequestId: string, watch: Watch) => Promise<void>;

/** An attempt was announced: from now on what Antom says of it can be judged, and it is inquired about. */
export const watchAttempt: Announce = async (stores, clock, paymentRequestId, watch) => {
  if (!(await start(stores, paymentRequestId, watch, startWatching))) return;
  await stores.inquiries.plan(paymentRequestId, firstPlan(clock.now()));
  await applyWaiting(stores, clock, paymentRequestId);
};

/** Antom has refused to open the session: there is nothing to inquire about. What Antom says of it after all is judged. */
export const watchRejected: Announce = async (stores, clock, paymentRequestId, watch) => {
  if (await start(stores, paymentRequestId, watch, startRejected)) await applyWaiting(stores, clock, paymentRequestId);
};

/** @returns false where the attempt was announced before */
async function start({ payments }: Stores, paymentRequestId: string, watch: Watch, by: Start): Promise<boolean> {
  const { kind, thing } = by(await payments.lock(paymentRequestId), watch);
  if (kind === 'moved') await payments.save(thing);
  return kind === 'moved';
}

/** What came before the announcement is judged at once. */
async function applyWaiting(stores: Stores, clock: Clock, paymentRequestId: string): Promise<void> {
  const now = clock.now();
  for (const news of await stores.waiting.take(paymentRequestId)) await applyNews(stores, news, now);
}
