import { type Clock } from '@kasir/kernel';
import { askedAtOnce, atOnce, firstPlan, hurried, type InquiryPlan, planned } from '../domain/inquiry-plan.js';
import { type PaymentStatus } from '../domain/payment-transitions.js';
import { isWatched } from '../domain/watched-payment.js';
import { type Stores } from './ports.js';

/** What is still inquired about is inquired about at once: as a buyer is back, every few seconds, or once. */
export async function hurryInquiry(
  { payments }: Stores,
  clock: Clock,
  paymentRequestId: string,
  how: (plan: InquiryPlan, now: Date) => InquiryPlan = hurried,
): Promise<void> {
  const payment = await payments.lock(paymentRequestId);
  if (payment.plan !== null) await payments.save({ ...payment, plan: how(payment.plan, clock.now()) });
}

/** An unverified webhook may hurry an inquiry once a minute: strangers must not make us ask Antom at their pace. */
const hintPauseMs = 60_000;

/** A webhook that cannot be verified names a payment: where it is still inquired about, Antom is asked at once. */
export async function hintAt({ payments }: Stores, paymentRequestId: string, now: Date): Promise<void> {
  const known = await payments.find({ paymentRequestId });
  if (known === null || known.plan === null) return;
  if (known.hintedAt !== null && known.hintedAt > new Date(now.getTime() - hintPauseMs)) return;
  const payment = await payments.lock(paymentRequestId);
  if (payment.plan !== null) await payments.save({ ...payment, plan: atOnce(payment.plan, now), hintedAt: now });
}

export interface AskedByHand {
  readonly paymentSessionId: string;
  readonly orderId: string;
  /** What is believed until Antom has answered. */
  readonly believed: PaymentStatus;
  /** Refunds of the attempt that are asked about too. */
  readonly refunds: readonly string[];
}

/**
 * An operator wants to know: the attempt and its refunds are asked about at once, also where nothing was left to be asked.
 * @returns undefined where no such attempt was announced
 */
export async function askByHand(
  { payments, refunds }: Stores,
  clock: Clock,
  paymentRequestId: string,
): Promise<AskedByHand | undefined> {
  const announced = await payments.find({ paymentRequestId });
  if (announced === null || !isWatched(announced)) return undefined;
  const now = clock.now();
  const payment = await payments.lock(paymentRequestId);
  await payments.save(planned(payment, hurried(payment.plan ?? firstPlan(now), now)));
  const known = (await refunds.ofPayment(paymentRequestId)).filter(({ status }) => status === 'watched');
  const open = known.map(({ refundRequestId }) => refundRequestId);
  for (const id of open) await refunds.save(askedAtOnce(await refunds.lock(id), now));
  return {
    paymentSessionId: paymentRequestId,
    orderId: announced.watch.orderId,
    believed: payment.status,
    refunds: open,
  };
}
