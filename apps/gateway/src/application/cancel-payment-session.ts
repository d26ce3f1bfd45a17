import { mayRequestCancel, requestCancel } from '../domain/cancel.js';
import { isClosed, isOf, type PaymentSession } from '../domain/payment-session.js';
import { type Dependencies, type Origin } from './ports.js';

export type CancelAsked =
  { readonly kind: 'asked' | 'ended' | 'paid'; readonly session: PaymentSession } | { readonly kind: 'unknown' };

/**
 * The buyer or the merchant gives a session up: payment-session is asked to cancel it, once until it has answered.
 * @param orderId the only order whose sessions the caller may touch; undefined for any
 * @throws StorageUnavailable
 */
export function cancelPaymentSession(
  { clock, unitOfWork }: Dependencies,
  origin: Origin,
  id: string,
  orderId: string | undefined,
): Promise<CancelAsked> {
  const now = clock.now();
  return unitOfWork.run(origin, async (stores) => {
    const session = await stores.sessions.lock(id);
    if (session === undefined || !isOf(session, orderId)) return { kind: 'unknown' };
    if (session.status === 'succeeded') return { kind: 'paid', session };
    if (isClosed(session)) return { kind: 'ended', session };
    if (!mayRequestCancel(session.cancel)) return { kind: 'asked', session };
    const requested = { ...session, cancel: requestCancel(now) };
    await stores.sessions.save(requested);
    await stores.publish({
      type: 'PaymentCancelRequested',
      identity: `${id}/${now.toISOString()}`,
      data: { orderId: session.orderId, paymentSessionId: id },
    });
    return { kind: 'asked', session: requested };
  });
}
