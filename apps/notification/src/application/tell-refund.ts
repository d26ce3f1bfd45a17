import { type RefundAttention, type Started } from '../domain/watched-refund.js';
import { refundAttentionEvent } from './events.js';
import { type Stores } from './ports.js';

/** Tells a person of a refund, each kind once. */
export async function tellOnce(
  stores: Stores,
  refund: Started,
  kind: RefundAttention,
  evidence: Readonly<Record<string, string>>,
): Promise<Started> {
  if (refund.attention.includes(kind)) return refund;
  await stores.publish(refundAttentionEvent(refund, kind, evidence), refund.watch.announcedBy);
  return { ...refund, attention: [...refund.attention, kind] };
}
