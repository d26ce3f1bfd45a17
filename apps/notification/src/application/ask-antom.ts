import { type Clock } from '@kasir/kernel';
import { endsAttempt, type InquiryAnswer } from '../domain/inquiry-answer.js';
import { nextPlan } from '../domain/inquiry-plan.js';
import { applyVerdict, type Watch, type WatchedPayment } from '../domain/watched-payment.js';
import { applyNews } from './apply-news.js';
import { type InquiryLease, type PaymentInquiries, type Stores, type UnitOfWork } from './ports.js';

export interface InquiryTools {
  readonly antom: PaymentInquiries;
  readonly clock: Clock;
}

/** Asks Antom once about a leased payment, outside any transaction, and keeps what it answered unless somebody else holds the lease by then. */
export async function askAntom(
  unitOfWork: UnitOfWork,
  { antom, clock }: InquiryTools,
  lease: InquiryLease,
): Promise<void> {
  const answer = await antom.inquire(lease.paymentRequestId);
  const now = clock.now();
  await unitOfWork.run(async (stores) => {
    const payment = await stores.payments.lock(lease.paymentRequestId);
    if (payment.watch === null || !(await stores.inquiries.holds(lease))) return;
    if (answer.kind === 'news') await applyNews(stores, answer.news);
    if (answer.kind === 'news' && answer.news.kind === 'succeeded') return stores.inquiries.end(lease.paymentRequestId);
    if (now >= payment.watch.endsAt && endsAttempt(answer)) return expire(stores, payment, payment.watch);
    await askLater(stores, payment, payment.watch, { lease, answer, now });
  });
}

async function expire(stores: Stores, { paymentRequestId }: WatchedPayment, watch: Watch): Promise<void> {
  const outcome = applyVerdict(await stores.payments.lock(paymentRequestId), 'expired');
  await stores.inquiries.end(paymentRequestId);
  if (outcome.kind !== 'moved') return;
  await stores.payments.save(outcome.thing);
  const { orderId, paymentSessionId, announcedBy } = watch;
  const data = { orderId, paymentSessionId, paymentRequestId };
  await stores.say({ type: 'PaymentExpired', identity: paymentRequestId, data }, announcedBy);
}

interface Asked {
  readonly lease: InquiryLease;
  readonly answer: InquiryAnswer;
  readonly now: Date;
}

async function askLater(
  stores: Stores,
  payment: WatchedPayment,
  watch: Watch,
  { lease, answer, now }: Asked,
): Promise<void> {
  const plan = nextPlan(lease.plan, watch.endsAt, now);
  if (plan !== undefined) return stores.inquiries.plan(payment.paymentRequestId, plan);
  await stores.inquiries.end(payment.paymentRequestId);
  const { orderId, paymentSessionId, announcedBy } = watch;
  await stores.say(
    {
      type: 'PaymentNeedsAttention',
      identity: `no-answer/${payment.paymentRequestId}`,
      data: {
        orderId,
        paymentSessionId,
        paymentRequestId: payment.paymentRequestId,
        kind: 'no-answer',
        evidence: { lastAnswer: answer.kind, endedAt: watch.endsAt.toISOString(), believed: payment.status },
      },
    },
    announcedBy,
  );
}
