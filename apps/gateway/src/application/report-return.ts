import { isClosed, isOf, type PaymentSession } from '../domain/payment-session.js';
import { type Dependencies, type Origin } from './ports.js';

/** However often a page reports the buyer back, Antom is asked about it once in so many milliseconds. */
const pauseMs = 3_000;

export type Returned = { readonly kind: 'known'; readonly session: PaymentSession } | { readonly kind: 'unknown' };

/**
 * The buyer is back from the bank: notification is asked to inquire, unless the outcome is known or it has just been asked.
 * @param orderId the only order whose sessions the caller may touch; undefined for any
 * @throws StorageUnavailable
 */
export function reportReturn(
  { clock, unitOfWork }: Dependencies,
  origin: Origin,
  id: string,
  orderId: string | undefined,
): Promise<Returned> {
  const now = clock.now();
  return unitOfWork.run(origin, async (stores) => {
    const session = await stores.sessions.lock(id);
    if (session === undefined || !isOf(session, orderId)) return { kind: 'unknown' };
    const justAsked = session.returnedAt !== null && now.getTime() - session.returnedAt.getTime() < pauseMs;
    if (justAsked || isClosed(session)) return { kind: 'known', session };
    await stores.sessions.save({ ...session, returnedAt: now });
    await stores.publish({
      type: 'InquiryRequested',
      identity: `${id}/${now.toISOString()}`,
      data: { orderId: session.orderId, paymentSessionId: id, reason: 'buyer-returned' },
    });
    return { kind: 'known', session };
  });
}
