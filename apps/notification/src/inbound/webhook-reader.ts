import {
  type AttemptNews as AttemptNotification,
  freshnessOf,
  type Notification,
  type NotificationTrust,
  readNotification,
  type RefundNews as RefundNotification,
} from '@kasir/antom';
import { type CheckedWebhook, type ReadWebhook, type ReceivedWebhook } from '../application/webhook-ports.js';
import { type PaymentUpdate } from '../domain/payment-update.js';
import { type RefundUpdate } from '../domain/refund-update.js';

/** Antom's words end here. How old a webhook is counts from when it was signed to when it came. */
export const webhookReader =
  (trust: NotificationTrust): ReadWebhook =>
  (webhook) =>
    check(readNotification({ ...webhook, rawBody: webhook.body }, trust), webhook);

function check(notification: Notification, { body, receivedAt }: ReceivedWebhook): CheckedWebhook {
  if (notification.kind === 'unverified') {
    const paymentRequestId = textIn(body, 'paymentRequestId');
    const named = paymentRequestId === undefined ? {} : { paymentRequestId };
    return { kind: 'unverified', reason: notification.verdict.reason, ...named };
  }
  const { verdict } = notification;
  const old = freshnessOf(verdict.requestTime, receivedAt).kind === 'fresh' ? {} : { old: true as const };
  switch (notification.kind) {
    case 'unreadable':
      return { kind: 'other', about: `unreadable: ${notification.detail}` };
    case 'attempt':
      return { kind: 'payment', update: { ...paymentUpdate(notification.news, receivedAt), ...old } };
    case 'refund':
      return { kind: 'refund', update: { ...refundUpdate(notification.news, receivedAt), ...paymentOf(body), ...old } };
    case 'capture':
    case 'amount':
    case 'dispute':
    case 'other':
      return { kind: 'other', about: notification.notifyType };
  }
}

function paymentUpdate(
  { kind, paymentRequestId, paymentId, amount, code, message, paidAt }: AttemptNotification,
  now: Date,
): PaymentUpdate {
  const payment = { paymentRequestId, paymentId, amount };
  switch (kind) {
    case 'succeeded':
      return { ...payment, kind, paidAt: (paidAt ?? now).toISOString() };
    case 'failed':
      return { ...payment, kind, code, message };
    case 'pending':
      return { ...payment, kind };
  }
}

const refundUpdate = ({ refundedAt, ...refund }: RefundNotification, now: Date): RefundUpdate => ({
  ...refund,
  refundedAt: (refundedAt ?? now).toISOString(),
});

/** Antom's reference names no payment in notifications of refunds. Should it come to do so, a refund that is not ours is understood at once. */
function paymentOf(body: Buffer): Pick<RefundUpdate, 'payment'> {
  const [paymentId, paymentRequestId] = [textIn(body, 'paymentId'), textIn(body, 'paymentRequestId')];
  if (paymentId !== undefined) return { payment: { paymentId } };
  return paymentRequestId === undefined ? {} : { payment: { paymentRequestId } };
}

/** A text of a body's top level, if it has it. */
function textIn(body: Buffer, field: string): string | undefined {
  try {
    const value = (JSON.parse(body.toString('utf8')) as Record<string, unknown> | null)?.[field];
    return typeof value === 'string' && /^[\x20-\x7e]{1,64}$/.test(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
