import { type Clock } from '@kasir/kernel';
import { atOnce, firstPlan, hurried } from '../domain/inquiry-plan.js';
import { type WatchStatus } from '../domain/watch-life.js';
import { type Inquiries, type Stores } from './ports.js';

/** The buyer is back: whoever still waits for news of the payment is asked about at once, and again every few seconds. */
export async function hurryInquiry(stores: Stores, clock: Clock, paymentRequestId: string): Promise<void> {
  await stores.payments.lock(paymentRequestId);
  const plan = await stores.inquiries.find(paymentRequestId);
  if (plan !== undefined) await stores.inquiries.plan(paymentRequestId, hurried(plan, clock.now()));
}

/** A hint that Antom knows more than we do: what is still asked about is asked about at once. */
export async function askAtOnce(inquiries: Inquiries, clock: Clock, id: string): Promise<void> {
  const plan = await inquiries.find(id);
  if (plan !== undefined) await inquiries.plan(id, atOnce(plan, clock.now()));
}

export interface AskedByHand {
  readonly paymentSessionId: string;
  readonly orderId: string;
  /** What is believed until Antom has answered. */
  readonly believed: WatchStatus;
  /** Refunds of the attempt that are asked about too. */
  readonly refunds: readonly string[];
}

/**
 * An operator wants to know: the attempt and its refunds are asked about at once, also where nothing was left to be asked.
 * @returns undefined where nobody has announced such an attempt
 */
export async function askByHand(
  stores: Stores,
  clock: Clock,
  paymentRequestId: string,
): Promise<AskedByHand | undefined> {
  const known = await stores.payments.find({ paymentRequestId });
  if ((known?.watch ?? null) === null) return undefined;
  const { watch, status } = await stores.payments.lock(paymentRequestId);
  if (watch === null) return undefined;
  const now = clock.now();
  const plan = (await stores.inquiries.find(paymentRequestId)) ?? firstPlan(now);
  await stores.inquiries.plan(paymentRequestId, hurried(plan, now));
  const refunds = await stores.refunds.open(paymentRequestId);
  for (const id of refunds) {
    await stores.refunds.lock(id);
    await stores.refundInquiries.plan(id, atOnce((await stores.refundInquiries.find(id)) ?? firstPlan(now), now));
  }
  return { paymentSessionId: watch.paymentSessionId, orderId: watch.orderId, believed: status, refunds };
}
