import { type DataOf, type PaymentEvent } from '@kasir/contracts';
import { type Concern } from '../domain/case.js';
import { receive } from './apply-success.js';
import { openCase } from './open-case.js';
import { type Stores } from './ports.js';

/** Money came that nobody asked for: the order stays as it is and a person has to look. */
export async function reportMismatch(
  stores: Stores,
  mismatch: DataOf<PaymentEvent, 'PaymentMismatched'>,
  heardAt: string,
): Promise<void> {
  const { orderId, paymentSessionId, paymentId, expected, received } = mismatch;
  const evidence = {
    expected: `${expected.value} ${expected.currency}`,
    received: `${received.value} ${received.currency}`,
  };
  const kind = 'amount-mismatch';
  await report(stores, { kind, orderId, paymentSessionId, paymentId, evidence, since: heardAt });
  if (!/^\d{1,30}$/.test(received.value)) return;
  await receive(stores, {
    orderId,
    paymentSessionId,
    paymentId,
    amount: received,
    paidAt: heardAt,
    standing: 'amount-mismatch',
  });
}

/** Money came for an attempt that was cancelled. Antom gives it back by itself; it pays nothing. */
export async function reportPaidAfterCancel(
  stores: Stores,
  news: DataOf<PaymentEvent, 'PaymentReceivedAfterCancel'>,
  heardAt: string,
): Promise<void> {
  const { orderId, paymentSessionId, paymentId, amount, paidAt } = news;
  const evidence = { ...news.evidence, received: `${amount.value} ${amount.currency} at ${paidAt}` };
  const kind = 'paid-after-cancel';
  await report(stores, { kind, orderId, paymentSessionId, paymentId, evidence, since: heardAt });
  await receive(stores, { orderId, paymentSessionId, paymentId, amount, paidAt, standing: kind });
}

/** Notification gave up on an attempt, or on one payment of it, and says what it saw. */
export const reportAttempt = (
  stores: Stores,
  { orderId, paymentSessionId, kind, evidence }: DataOf<PaymentEvent, 'PaymentNeedsAttention'>,
  since: string,
): Promise<void> =>
  report(stores, { kind, orderId, paymentSessionId, paymentId: evidence['paymentId'] ?? '', evidence, since });

const longestKind = 64;

/** Something about a refund is for a person. Each refund of a payment is a concern of its own. */
export const reportRefund = (
  stores: Stores,
  { orderId, paymentSessionId, refundRequestId, kind, evidence }: DataOf<PaymentEvent, 'RefundNeedsAttention'>,
  heardAt: string,
): Promise<void> =>
  report(stores, {
    kind: `refund-${kind}`.slice(0, longestKind).replace(/-$/, ''),
    orderId,
    paymentSessionId,
    paymentId: '',
    reference: refundRequestId,
    evidence: { ...evidence, refundRequestId },
    since: heardAt,
  });

async function report(stores: Stores, concern: Concern & { readonly orderId: string }): Promise<void> {
  await stores.orders.lock(concern.orderId);
  await openCase(stores, concern);
}
