import { type Clock } from '@kasir/kernel';
import { type AttemptNews } from '../domain/payment-news.js';
import { type RefundNews } from '../domain/watched-refund.js';
import { applyNews } from './apply-news.js';
import { applyRefundNews } from './apply-refund-news.js';
import { type Stores } from './ports.js';
import { type ReceivedWebhook, type VerifiedWebhook } from './webhook-ports.js';

export interface HeardWebhook {
  readonly webhook: ReceivedWebhook;
  readonly verified: VerifiedWebhook;
}

export interface HearingTools {
  readonly clock: Clock;
  /** Begins every id of this deployment's payments. */
  readonly prefix: string;
}

/** Keeps verified webhooks and decides on their news, in the caller's transaction; only after its commit may Antom get its acknowledgements. */
export async function hearWebhooks(
  stores: Stores,
  { clock, prefix }: HearingTools,
  group: readonly HeardWebhook[],
): Promise<void> {
  const isForeign = ({ verified }: HeardWebhook): boolean =>
    verified.kind === 'payment' && !verified.news.paymentRequestId.startsWith(prefix);
  await stores.webhooks.keep(
    group.map((heard) => ({ webhook: heard.webhook, about: aboutOf(heard.verified), foreign: isForeign(heard) })),
  );
  const own = group.filter((heard) => !isForeign(heard)).map(({ verified }) => verified);
  for (const round of rounds(own.flatMap((each) => (each.kind === 'payment' ? [each.news] : []))))
    await allDone(round.map((news) => applyNews(stores, news, clock.now())));
  for (const news of own.flatMap((each) => (each.kind === 'refund' ? [each.news] : [])).toSorted(byId))
    await applyRefundNews(stores, news, clock.now());
}

/** News of different payments may be decided on at once; what comes of the same payment comes one after the other. */
function* rounds(news: readonly AttemptNews[]): Generator<AttemptNews[]> {
  const ofPayments = [...Map.groupBy(news, ({ paymentRequestId }) => paymentRequestId).values()];
  const most = Math.max(0, ...ofPayments.map(({ length }) => length));
  for (let round = 0; round < most; round++) yield ofPayments.flatMap((ofPayment) => ofPayment[round] ?? []);
}

/** Lets everything come to its end, also beside what fails: nothing may use the transaction once it is rolled back. */
async function allDone(works: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(works)) if (result.status === 'rejected') throw result.reason;
}

function aboutOf(verified: VerifiedWebhook): string {
  if (verified.kind === 'other') return verified.about;
  const { kind, old } = verified.news;
  const id = verified.kind === 'payment' ? verified.news.paymentRequestId : verified.news.refundRequestId;
  return `${old === true ? 'old ' : ''}${verified.kind === 'payment' ? '' : 'refund '}${kind} ${id}`;
}

/** What has to be locked first comes first, so that two groups never wait for each other. */
const byId = (one: RefundNews, other: RefundNews): number => (one.refundRequestId < other.refundRequestId ? -1 : 1);
