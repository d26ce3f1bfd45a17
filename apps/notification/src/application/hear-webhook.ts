import { type PaymentNews } from '../domain/watched-payment.js';
import { applyNews } from './apply-news.js';
import { type ReceivedWebhook, type UnitOfWork } from './ports.js';

/** A webhook after its signature was checked. `other` is one that speaks of no payment we decide about. */
export type CheckedWebhook =
  | { readonly kind: 'payment'; readonly news: PaymentNews }
  | { readonly kind: 'other'; readonly about: string }
  | { readonly kind: 'unverified'; readonly reason: string };

/**
 * Keeps a webhook and decides on its news, in one transaction; only then may Antom get its acknowledgement.
 * @returns whether Antom may consider it delivered
 */
export async function hearWebhook(
  unitOfWork: UnitOfWork,
  prefix: string,
  webhook: ReceivedWebhook,
  checked: CheckedWebhook,
): Promise<boolean> {
  await unitOfWork.run(async (stores) => {
    if (checked.kind === 'unverified') return stores.webhooks.quarantine(webhook, checked.reason);
    if (checked.kind === 'other') return stores.webhooks.keep(webhook, checked.about);
    const { news } = checked;
    await stores.webhooks.keep(webhook, `${news.kind} ${news.paymentRequestId}`);
    if (news.paymentRequestId.startsWith(prefix)) await applyNews(stores, news);
  });
  return checked.kind !== 'unverified';
}
