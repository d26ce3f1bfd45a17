import { isClosed, isOf, type PaymentSession } from '../domain/payment-session.js';
import { type Origin } from './ports.js';
import { type Tools } from './request-payment-session.js';

/** However often a page reports the buyer back, Antom is asked about it once in so many milliseconds. */
const pauseMs = 3_000;

export type Returned = { readonly kind: 'known'; readonly session: PaymentSession } | { readonly kind: 'unknown' };

/**
 * The buyer is back from the bank: whoever knows how it went is asked, unless it is known or has just been asked.
 * @param orderId the only order whose sessions the caller may touch; undefined for any
 * @throws StorageUnavailable
 */
export function reportReturn(tools: Tools, origin: Origin, id: string, orderId: string | undefined): Promise<Returned> {
  const now = tools.clock.now();
  return tools.unitOfWork.run(origin, async (stores) => {
    const session = await stores.sessions.lock(id);
    if (session === undefined || !isOf(session, orderId)) return { kind: 'unknown' };
    const justAsked = session.returnedAt !== null && now.getTime() - session.returnedAt.getTime() < pauseMs;
    if (justAsked || isClosed(session)) return { kind: 'known', session };
    await stores.sessions.save({ ...session, returnedAt: now });
    await stores.say({
      type: 'InquiryRequested',
      identity: `${id}/${now.toISOString()}`,
      data: { orderId: session.orderId, paymentSessionId: id, reason: 'buyer-returned' },
    });
    return { kind: 'known', session };
  });
}
