import { askedAtOnce, firstPlan, planned } from '../domain/inquiry-plan.js';
import { isOver } from '../domain/payment-transitions.js';
import { type AttemptUpdate, type PaymentUpdate } from '../domain/payment-update.js';
import { withPending } from '../domain/pending-inquiry.js';
import { withUnmatched } from '../domain/unmatched.js';
import {
  applyOutcome,
  isMoney,
  isWatched,
  outcomeOf,
  type PaymentOutcome,
  transition,
  type Watched,
  type WatchedPayment,
  withoutPlan,
} from '../domain/watched-payment.js';
import { endEvent, inquiringEvent, paymentEvent } from './events.js';
import { type Stores } from './ports.js';

type Decided = Promise<WatchedPayment>;

/**
 * Applies what Antom reported of a payment, and keeps what follows.
 * @returns the payment where it changed
 */
export async function applyUpdate(
  stores: Stores,
  update: AttemptUpdate,
  now: Date,
): Promise<WatchedPayment | undefined> {
  const payment = await stores.payments.lock(update.paymentRequestId);
  const decided = await decide(stores, payment, update, { now });
  if (decided === payment) return undefined;
  await stores.payments.save(decided);
  return decided;
}

interface Moment {
  readonly now: Date;
  /** The update answers an inquiry that was made when the start of a cancel was known. */
  readonly isInquired?: boolean;
}

/**
 * The one place where the outcome of a payment is decided. Webhooks and inquiries end here, and each outcome is claimed
 * once, so that no two of them are both published.
 * @returns the payment as it stands then, for the caller to save; the same object where nothing changed
 */
export async function decide(
  stores: Stores,
  payment: WatchedPayment,
  update: AttemptUpdate,
  { now, isInquired = false }: Moment,
): Decided {
  if (!isWatched(payment)) return { ...payment, waiting: withUnmatched(payment.waiting, update, now) };
  if (update.kind === 'cancelled') return applyCancel(stores, payment, now);
  if (update.old === true) return inquireFirst(stores, payment, update, now);
  const mayBeReversed = payment.cancelStartedAt !== null && payment.status !== 'cancelled' && !isInquired;
  if (mayBeReversed && outcomeOf(payment.watch, update) === 'succeeded')
    return inquireAfterCancelStarted(stores, payment, update, now);
  return applyPayment(stores, payment, update, now);
}

async function applyPayment(stores: Stores, payment: Watched, update: PaymentUpdate, now: Date): Decided {
  const { status, watch } = payment;
  const outcome = outcomeOf(watch, update);
  if (outcome === 'failed' && status === 'succeeded' && (await isClaimed(stores, update, 'succeeded')))
    return withPending(payment, { kind: 'contradiction', ...paidOf(update) }, now);
  if (!(await stores.outcomes.claim(claimOf(update, outcome)))) return payment;
  if (outcome === 'succeeded' && status === 'cancelled')
    return withPending(payment, { kind: 'after-cancel', ...paidOf(update) }, now);
  if (outcome === 'pending' && status === 'failed' && (await isClaimed(stores, update, 'failed'))) return payment;
  const { kind, thing: moved } = applyOutcome(payment, outcome);
  if (kind === 'moved' || isMoney(outcome))
    await stores.publish(paymentEvent(payment, update, outcome), watch.announcedBy);
  if (outcome === 'succeeded') return withoutPlan(moved);
  const asksAgain = kind === 'moved' && moved.plan === null && !isOver(moved.status);
  return asksAgain ? planned(moved, firstPlan(now)) : moved;
}

/** Antom's word that no money will be kept. Of money that came before, Antom is asked again: it is not known yet who has it. */
async function applyCancel(stores: Stores, payment: Watched, now: Date): Decided {
  const { paymentRequestId } = payment;
  if (!(await stores.outcomes.claim({ paymentRequestId, paymentId: '', outcome: 'cancelled' }))) return payment;
  const { kind, thing: cancelled } = transition(payment, 'cancel');
  if (kind === 'moved') {
    await stores.publish(endEvent('PaymentCancelled', payment), payment.watch.announcedBy);
    return withoutPlan(cancelled);
  }
  const paid = (await stores.outcomes.of(paymentRequestId)).filter(({ outcome }) => outcome === 'succeeded');
  return paid.reduce((asked, each) => withPending(asked, { ...each, kind: 'after-cancel' }, now), payment);
}

/** An old webhook is at most a repeat until Antom has been asked. */
async function inquireFirst(stores: Stores, payment: Watched, update: PaymentUpdate, now: Date): Decided {
  const outcome = outcomeOf(payment.watch, update);
  if (await isClaimed(stores, update, outcome)) return payment;
  if (isMoney(outcome)) return withPending(payment, { kind: 'old-webhook', ...paidOf(update) }, now);
  return applyOutcome(payment, outcome).kind === 'moved' ? askedAtOnce(payment, now) : payment;
}

/** Antom may give this money back: an inquiry decides, and until then it is pending. */
async function inquireAfterCancelStarted(stores: Stores, payment: Watched, update: PaymentUpdate, now: Date): Decided {
  if (await isClaimed(stores, update, 'succeeded')) return payment;
  const asked = withPending(payment, { kind: 'cancel-started', ...paidOf(update) }, now);
  const { paymentRequestId, paymentId } = update;
  if (await stores.outcomes.claim({ paymentRequestId, paymentId, outcome: 'inquiring-after-cancel' }))
    await stores.publish(inquiringEvent(payment, paymentId), payment.watch.announcedBy);
  return transition(asked, 'pend').thing;
}

async function isClaimed(stores: Stores, update: PaymentUpdate, outcome: PaymentOutcome): Promise<boolean> {
  const claimed = await stores.outcomes.of(update.paymentRequestId);
  return claimed.some((each) => each.paymentId === update.paymentId && each.outcome === outcome);
}

const paidOf = (update: PaymentUpdate) => ({
  paymentId: update.paymentId,
  paidAt: update.kind === 'succeeded' ? update.paidAt : undefined,
});

const claimOf = (update: PaymentUpdate, outcome: PaymentOutcome) => ({
  ...{ paymentRequestId: update.paymentRequestId, outcome, ...paidOf(update) },
  received: isMoney(outcome) ? update.amount : undefined,
});
