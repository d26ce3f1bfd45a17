import { atOnce, firstPlan } from '../domain/inquiry-plan.js';
import { type AttemptNews, type PaymentNews } from '../domain/payment-news.js';
import { applyVerdict, judge, type Watch, type WatchedPayment } from '../domain/watched-payment.js';
import { type Verdict } from '../domain/watch-life.js';
import { endEvent, paymentEvent } from './events.js';
import { type Stores } from './ports.js';

/**
 * The one place where the outcome of a payment is decided. Every road that brings news of a payment ends here,
 * and each outcome is claimed once, so no two of them can both speak.
 */
export async function applyNews(stores: Stores, news: AttemptNews, now: Date): Promise<void> {
  const payment = await stores.payments.lock(news.paymentRequestId);
  const { watch } = payment;
  if (watch === null) return stores.waiting.keep(news, now);
  if (news.kind === 'cancelled') return applyCancel(stores, { ...payment, watch }, now);
  if (news.old === true) return inquireFirst(stores, payment, judge(watch, news), news, now);
  return applyPayment(stores, { ...payment, watch }, news, now);
}

type Watched = WatchedPayment & { readonly watch: Watch };

async function applyPayment(stores: Stores, payment: Watched, news: PaymentNews, now: Date): Promise<void> {
  const { paymentRequestId, watch } = payment;
  const verdict = judge(watch, news);
  if (!(await stores.outcomes.claim({ ...outcomeOf(news), verdict }))) return;
  if (verdict === 'succeeded' && payment.status === 'cancelled') return askAboutMoney(stores, news, now);
  const outcome = applyVerdict(payment, verdict);
  if (outcome.kind === 'moved') await stores.payments.save(outcome.thing);
  if (payment.status === 'rejected') await stores.inquiries.plan(paymentRequestId, firstPlan(now));
  if (verdict === 'succeeded') await stores.inquiries.end(paymentRequestId);
  if (outcome.kind === 'moved' || isMoney(verdict))
    await stores.say(paymentEvent(watch, news, verdict), watch.announcedBy);
}

/** Antom's word that no money will be kept. Money that came before is for a person: nobody can say yet who has it. */
async function applyCancel(stores: Stores, payment: Watched, now: Date): Promise<void> {
  const { paymentRequestId, watch } = payment;
  if (!(await stores.outcomes.claim({ paymentRequestId, paymentId: '', verdict: 'cancelled' }))) return;
  const outcome = applyVerdict(payment, 'cancelled');
  if (outcome.kind !== 'moved') {
    const paid = (await stores.outcomes.of(paymentRequestId)).filter(({ verdict }) => verdict === 'succeeded');
    for (const { paymentId, paidAt } of paid)
      await askAboutMoney(stores, { paymentRequestId, paymentId, paidAt: paidAt ?? now.toISOString() }, now);
    return;
  }
  await stores.payments.save(outcome.thing);
  await stores.inquiries.end(paymentRequestId);
  await stores.say(endEvent('PaymentCancelled', watch, paymentRequestId), watch.announcedBy);
}

/** Old news is at most a repeat until Antom has been asked. */
async function inquireFirst(
  stores: Stores,
  payment: WatchedPayment,
  verdict: Verdict,
  news: PaymentNews,
  now: Date,
): Promise<void> {
  const { paymentRequestId, paymentId } = news;
  const claimed = await stores.outcomes.of(paymentRequestId);
  if (claimed.some((outcome) => outcome.paymentId === paymentId && outcome.verdict === verdict)) return;
  if (isMoney(verdict)) {
    const paidAt = news.kind === 'succeeded' ? news.paidAt : now.toISOString();
    await stores.questions.open({ paymentRequestId, paymentId, kind: 'old-news', since: now, paidAt });
  } else if (applyVerdict(payment, verdict).kind !== 'moved') return;
  await askSoon(stores, paymentRequestId, now);
}

async function askAboutMoney(
  stores: Stores,
  { paymentRequestId, paymentId, paidAt }: { paymentRequestId: string; paymentId: string; paidAt?: string },
  now: Date,
): Promise<void> {
  const since = { since: now, paidAt: paidAt ?? now.toISOString() };
  await stores.questions.open({ paymentRequestId, paymentId, kind: 'after-cancel', ...since });
  await askSoon(stores, paymentRequestId, now);
}

const askSoon = async (stores: Stores, paymentRequestId: string, now: Date): Promise<void> =>
  stores.inquiries.plan(
    paymentRequestId,
    atOnce((await stores.inquiries.find(paymentRequestId)) ?? firstPlan(now), now),
  );

/** Money is told of every time it comes: a second payment of one attempt is a second payment. */
const isMoney = (verdict: Verdict): boolean => verdict === 'succeeded' || verdict === 'mismatched';

const outcomeOf = (news: PaymentNews) => ({
  paymentRequestId: news.paymentRequestId,
  paymentId: news.paymentId,
  paidAt: news.kind === 'succeeded' ? news.paidAt : undefined,
});
