import { uuidV7 } from '@kasir/kernel';
import { paymentNotification } from '../notifications/payment-notification.js';
import { type Decision } from '../payments.js';
import { type Letter } from '../state/letter.js';
import { type Session } from '../state/views.js';

/** What Antom writes to the merchant about a decision. */
export function lettersAbout(session: Session, paymentId: string, { outcome, code }: Decision, now: Date): Letter[] {
  if (outcome === 'cancelled') return [];
  const { paymentRequestId, amount, notifyUrl, metadata } = session;
  const createdAt = new Date(session.submittedAt ?? now);
  const body = paymentNotification({ paymentRequestId, paymentId, amount, outcome, code, createdAt, now, metadata });
  return [{ id: uuidV7(now.getTime()), about: 'payment', paymentRequestId, outcome, url: notifyUrl, body }];
}
