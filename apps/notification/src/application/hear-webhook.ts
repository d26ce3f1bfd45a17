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

/** Keeps a verified webhook and decides on its news, in the caller's transaction; only after its commit may Antom get its acknowledgement. */
export async function hearWebhook(
  stores: Stores,
  { clock, prefix }: HearingTools,
  { webhook, verified }: HeardWebhook,
): Promise<void> {
  const foreign = verified.kind === 'payment' && !verified.news.paymentRequestId.startsWith(prefix);
  await stores.webhooks.keep(webhook, aboutOf(verified), foreign);
  if (foreign || verified.kind === 'other') return;
  if (verified.kind === 'payment') await applyNews(stores, verified.news, clock.now());
  else await applyRefundNews(stores, verified.news, clock.now());
}

function aboutOf(verified: VerifiedWebhook): string {
  if (verified.kind === 'other') return verified.about;
  const { kind, old } = verified.news;
  const id = verified.kind === 'payment' ? verified.news.paymentRequestId : verified.news.refundRequestId;
  return `${old === true ? 'old ' : ''}${verified.kind === 'payment' ? '' : 'refund '}${kind} ${id}`;
}

/** What has to be locked first comes first, so that two groups never wait for each other. */
export const lockOrderOf = ({ verified }: HeardWebhook): string => {
  if (verified.kind === 'payment') return `1${verified.news.paymentRequestId}`;
  return verified.kind === 'refund' ? `2${verified.news.refundRequestId}` : '0';
};
