import { advanceCancel } from '../domain/cancel.js';
import { isClosed, isOf, type PaymentSession } from '../domain/payment-session.js';
import { type Origin } from './ports.js';
import { type Tools } from './request-payment-session.js';

export type CancelAsked =
  { readonly kind: 'asked' | 'ended' | 'paid'; readonly session: PaymentSession } | { readonly kind: 'unknown' };

/**
 * The shopper or the merchant gives a session up: whoever can cancel it is asked, once until he has answered.
 * @param orderId the only order whose sessions the caller may touch; undefined for any
 * @throws StorageUnavailable
 */
export function cancelPaymentSession(
  tools: Tools,
  origin: Origin,
  id: string,
  orderId: string | undefined,
): Promise<CancelAsked> {
  const now = tools.clock.now();
  return tools.unitOfWork.run(origin, async (stores) => {
    const session = await stores.sessions.lock(id);
    if (session === undefined || !isOf(session, orderId)) return { kind: 'unknown' };
    if (session.status === 'succeeded') return { kind: 'paid', session };
    if (isClosed(session)) return { kind: 'ended', session };
    const wish = advanceCancel(session.cancel, 'request');
    if (wish.kind !== 'moved') return { kind: 'asked', session };
    const wished = { ...session, cancel: wish.thing };
    await stores.sessions.save(wished);
    await stores.say({
      type: 'PaymentCancelRequested',
      identity: `${id}/${now.toISOString()}`,
      data: { orderId: session.orderId, paymentSessionId: id },
    });
    return { kind: 'asked', session: wished };
  });
}
