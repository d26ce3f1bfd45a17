import { type PaymentSession } from '../domain/payment-session.js';
import { type Refund } from '../domain/refund.js';
import { applyOrderEvent } from './apply-order-event.js';
import { applyRefundEvent, keepReturn } from './apply-refund-event.js';
import { type AnyEvent, type Applied, applySessionEvent } from './apply-session-event.js';
import { type Stores } from './ports.js';

export interface AppliedEvent {
  readonly session: Applied<PaymentSession>;
  readonly refund: Applied<Refund>;
}

/** Brings every projection up to date with an event. */
export async function applyEvent(stores: Stores, event: AnyEvent): Promise<AppliedEvent> {
  await keepReturn(stores, event);
  const session = await applySessionEvent(stores, event);
  await applyOrderEvent(stores, event);
  await keepPayment(stores, event);
  return { session, refund: await applyRefundEvent(stores, event) };
}

const digits = /^[1-9][0-9]{0,17}$/;

/** Remembers money that was received, so that a merchant may name it: a session may be paid twice. */
async function keepPayment({ payments }: Stores, { type, data }: AnyEvent): Promise<void> {
  if (type !== 'PaymentSucceeded' && type !== 'PaymentNeedsAttention') return;
  const { paymentId, paymentSessionId, orderId } = data;
  const amount = type === 'PaymentSucceeded' ? data.amount : data.received;
  if (paymentId === undefined || paymentSessionId === undefined || amount === undefined) return;
  // What Antom wrote as no number of minor units cannot be counted: it is left to the case.
  if (digits.test(amount.value)) await payments.add({ paymentId, paymentSessionId, orderId, amount });
}
