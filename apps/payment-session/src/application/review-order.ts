import { type CaseResolutionWord, type DataOf, type OrderEvent } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { advance } from '../domain/attempt.js';
import { shutFor } from '../domain/guard.js';
import { advanceLock } from '../domain/order-lock.js';
import { allCleared, decideReview, type Review, reviewedKind } from '../domain/review.js';
import { attemptEnded } from './attempt-ended.js';
import { drainOrder } from './drain-order.js';
import { rejectAttempt } from './end-attempt.js';
import { attemptIn, type OrderInHand, takeOrder, waitingIn } from './order-in-hand.js';
import { type Stores } from './ports.js';

type About = Pick<Review, 'orderId' | 'paymentSessionId' | 'paymentId'>;
type Resolved = DataOf<OrderEvent, 'OrderAttentionResolved'>;

/** Money of another amount came: the order takes no attempt before a person has decided. Once told, it is known. */
export async function reviewOrder(stores: Stores, about: About): Promise<void> {
  await begin(stores, await takeOrder(stores, about.orderId), about);
}

/**
 * A person has resolved a case. The order takes attempts again when no case of it is open and each that held it was resolved so.
 * The decision may be heard before the money that it is about: then it is the first news of both.
 */
export async function applyResolution(stores: Stores, clock: Clock, resolved: Resolved): Promise<void> {
  const { orderId, kind, paymentSessionId, paymentId, resolution } = resolved;
  if (kind === reviewedKind && paymentSessionId !== undefined && paymentId !== undefined) {
    await decide(stores, { orderId, paymentSessionId, paymentId }, resolution);
    await drainOrder(stores, orderId, clock.now());
  }
  if (resolution === endedUnpaid && paymentSessionId !== undefined)
    await attemptEnded(stores, clock, { orderId, paymentSessionId }, 'expire');
  if (resolved.openCases === 0) await letGoOn(stores, orderId);
}

const endedUnpaid: CaseResolutionWord = 'ended-unpaid';

async function begin(stores: Stores, order: OrderInHand, about: About): Promise<Review> {
  const known = (await stores.reviews.ofOrder(about.orderId)).find((each) => isAbout(each, about));
  if (known !== undefined) return known;
  const { orderId, paymentSessionId, paymentId } = about;
  const review: Review = { orderId, paymentSessionId, paymentId, status: 'open' };
  await stores.reviews.save(review);
  const moved = advanceLock(order.lock, 'review');
  if (moved.kind !== 'moved') return review;
  await stores.orders.save(moved.thing);
  const waiting = waitingIn(order);
  if (waiting !== undefined) await rejectAttempt(stores, waiting, shutFor(moved.thing)!);
  return review;
}

const isAbout = (review: Review, { paymentSessionId, paymentId }: About): boolean =>
  review.paymentSessionId === paymentSessionId && review.paymentId === paymentId;

async function decide(stores: Stores, about: About, resolution: string): Promise<void> {
  const review = await begin(stores, await takeOrder(stores, about.orderId), about);
  const decided = decideReview(review, resolution);
  if (decided.kind === 'moved') await stores.reviews.save(decided.thing);
}

/** The attempts whose money was of another amount stand in nobody's way any more; they are watched on like superseded ones. */
async function letGoOn(stores: Stores, orderId: string): Promise<void> {
  const order = await takeOrder(stores, orderId);
  const reviews = await stores.reviews.ofOrder(orderId);
  const cleared = advanceLock(order.lock, 'clear');
  if (cleared.kind !== 'moved' || !allCleared(reviews)) return;
  await stores.orders.save(cleared.thing);
  for (const id of new Set(reviews.map(({ paymentSessionId }) => paymentSessionId))) {
    const attempt = attemptIn(order, id);
    const superseded = attempt && advance(attempt, 'supersede');
    if (superseded?.kind === 'moved') await stores.attempts.save(superseded.thing);
  }
}
