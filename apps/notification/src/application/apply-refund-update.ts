import { askedAtOnce } from '../domain/inquiry-plan.js';
import { type RefundUpdate } from '../domain/refund-update.js';
import { inWords, isOwnRefund, type Returned } from '../domain/returned.js';
import { withUnmatched } from '../domain/unmatched.js';
import { isWatched, type Watched } from '../domain/watched-payment.js';
import { refundOutcomeOf, refundTransition, type Started, type WatchedRefund } from '../domain/watched-refund.js';
import { applyReturn } from './apply-return.js';
import { refundSucceededEvent } from './events.js';
import { type Stores } from './ports.js';
import { tellOnce } from './tell-refund.js';

/** Applies what Antom reported of money that goes back. Whoever holds a payment and a refund locked the payment first. */
export async function applyRefundUpdate(stores: Stores, update: RefundUpdate, now: Date): Promise<void> {
  const payment = await returnedPayment(stores, update);
  const refund = await stores.refunds.lock(update.refundRequestId);
  const returned = payment && (await returnedOf(stores, payment, update));
  if (refund.watch === null && payment !== undefined && returned !== undefined) {
    const left = await applyReturn(stores, payment, returned, now, refund);
    if (left !== payment) await stores.payments.save(left);
    return;
  }
  const decided = await decideRefund(stores, refund, update, now);
  if (decided !== refund) await stores.refunds.save(decided);
}

export const isStarted = (refund: WatchedRefund): refund is Started => refund.watch !== null;

/**
 * The one place where the success of a refund of ours is believed.
 * @returns the refund as it stands then, for the caller to save; the same object where nothing changed
 */
export async function decideRefund(
  stores: Stores,
  refund: WatchedRefund,
  update: RefundUpdate,
  now: Date,
): Promise<WatchedRefund> {
  if (!isStarted(refund)) return { ...refund, waiting: withUnmatched(refund.waiting, update, now) };
  switch (refundOutcomeOf(refund.watch, update)) {
    case 'nothing':
      return refund;
    case 'inquire':
      return inquireFirst(refund, update, now);
    case 'other-amount': {
      const evidence = { expected: inWords(refund.watch.amount), received: inWords(update.amount) };
      const told = await tellOnce(stores, refund, 'refund-other-amount', evidence);
      return { ...refundTransition(told, 'review').thing, plan: null };
    }
    case 'succeeded': {
      const { kind, thing } = refundTransition(refund, 'succeed');
      if (kind !== 'moved') return refund;
      await stores.publish(refundSucceededEvent(refund, update.refundedAt), refund.watch.announcedBy);
      return { ...thing, plan: null };
    }
  }
}

/** A refusal is no failure yet, and an old webhook is at most a repeat: an answered inquiry decides. */
function inquireFirst(refund: Started, { kind, code, message }: RefundUpdate, now: Date): WatchedRefund {
  if (refund.status === 'succeeded' || (refund.status === 'failed' && kind === 'failed')) return refund;
  return askedAtOnce(kind === 'failed' ? { ...refund, refusal: { code, message } } : refund, now);
}

/** The payment that money went back of without a refund of ours, such as by one from Antom's dashboard; locked. */
async function returnedPayment({ payments }: Stores, update: RefundUpdate): Promise<Watched | undefined> {
  if (update.kind !== 'succeeded' || update.payment === undefined || isOwnRefund(update)) return undefined;
  const known = await payments.find(update.payment);
  if (known === null || !isWatched(known)) return undefined;
  const payment = await payments.lock(known.paymentRequestId);
  return isWatched(payment) ? payment : undefined;
}

async function returnedOf(stores: Stores, payment: Watched, update: RefundUpdate): Promise<Returned | undefined> {
  const named = update.payment !== undefined && 'paymentId' in update.payment ? update.payment.paymentId : undefined;
  const paymentId = named ?? (await onlyPaymentId(stores, payment));
  if (paymentId === undefined) return undefined;
  const { refundRequestId, refundId: returnId = refundRequestId, amount, refundedAt: returnedAt } = update;
  return { paymentId, returnId, cause: 'refund', amount, returnedAt, evidence: { refundRequestId } };
}

async function onlyPaymentId({ outcomes }: Stores, { paymentRequestId }: Watched): Promise<string | undefined> {
  return (await outcomes.of(paymentRequestId)).find(({ outcome }) => outcome === 'succeeded')?.paymentId;
}
