import { type Clock } from '@kasir/kernel';
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
  for (const heard of group.filter((each) => !isForeign(each)).toSorted(byLocks)) {
    if (heard.verified.kind === 'payment') await applyNews(stores, heard.verified.news, clock.now());
    if (heard.verified.kind === 'refund') await applyRefundNews(stores, heard.verified.news, clock.now());
  }
}

function aboutOf(verified: VerifiedWebhook): string {
  if (verified.kind === 'other') return verified.about;
  const { kind, old } = verified.news;
  const id = verified.kind === 'payment' ? verified.news.paymentRequestId : verified.news.refundRequestId;
  return `${old === true ? 'old ' : ''}${verified.kind === 'payment' ? '' : 'refund '}${kind} ${id}`;
}

/** What has to be locked first comes first, so that two groups never wait for each other. */
const byLocks = (one: HeardWebhook, other: HeardWebhook): number => {
  const [left, right] = [lockOrderOf(one), lockOrderOf(other)];
  return left === right ? 0 : left < right ? -1 : 1;
};

const lockOrderOf = ({ verified }: HeardWebhook): string => {
  if (verified.kind === 'payment') return `1${verified.news.paymentRequestId}`;
  return verified.kind === 'refund' ? `2${verified.news.refundRequestId}` : '0';
};
