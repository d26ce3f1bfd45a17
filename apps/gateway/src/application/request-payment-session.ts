import { type CheckoutTokenClaims, type CreatePaymentSessionBody } from '@kasir/contracts';
import { endOfOrder, newOrder } from '../domain/order.js';
import { newPaymentSession, type PaymentSession } from '../domain/payment-session.js';
import { returnUrl } from '../domain/return-url.js';
import { type Dependencies, type Origin, type RequestIdentity, type Stores } from './ports.js';

/** What an app asks for in the name of a merchant who has signed the order, or the merchant's server itself. */
export interface SessionRequest {
  readonly by: RequestIdentity['by'];
  readonly idempotencyKey: string;
  readonly claims: CheckoutTokenClaims;
  readonly signedAt: Date;
  readonly body: CreatePaymentSessionBody;
  /** Where the bank sends the buyer afterwards, still without the session's id. */
  readonly redirectUrl: string;
  readonly clientIp: string;
  readonly userAgent?: string | undefined;
}

export type Requested =
  | { readonly kind: 'requested'; readonly session: PaymentSession; readonly replayed: boolean }
  | { readonly kind: 'key-reused' }
  | { readonly kind: 'order-expired'; readonly expiredAt: Date }
  | { readonly kind: 'broker-silent' };

const longestSilenceMs = 5_000;

/**
 * Writes the session, its order and the outgoing event in one transaction. The id is derived from the request, so that a repeat
 * means this session; it is answered even where nothing new could begin.
 * @throws StorageUnavailable
 */
export function requestPaymentSession(
  dependencies: Dependencies,
  origin: Origin,
  request: SessionRequest,
): Promise<Requested> {
  const now = dependencies.clock.now();
  const session = sessionOf(dependencies, request, now);
  const obstacle = obstacleTo(dependencies, request, now);
  return dependencies.unitOfWork.run(origin, async (stores) => {
    if (obstacle === undefined && (await stores.sessions.claim(session))) return begin(stores, request, session);
    const known = await stores.sessions.find(session.id);
    if (known === undefined) return obstacle ?? Promise.reject(new Error(`${session.id} was taken and is gone again`));
    const isSame = known.fingerprint === session.fingerprint;
    return isSame ? { kind: 'requested', session: known, replayed: true } : { kind: 'key-reused' };
  });
}

function sessionOf({ idOf, fingerprintOf, requestMs }: Dependencies, request: SessionRequest, now: Date) {
  const { by, idempotencyKey, body } = request;
  const { order, payment } = request.claims;
  return newPaymentSession({
    id: idOf({ operation: 'payment-session', by, orderId: order.id, idempotencyKey }),
    orderId: order.id,
    // A fresh token for the same order is the same request, so what it says of times and of the buyer is left out.
    fingerprint: fingerprintOf({ order: { ...order, expiresAt: undefined }, payment, body }),
    amount: payment?.amount ?? order.amount,
    bankChoice: body.bankChoice,
    createdAt: now,
    notAfter: new Date(now.getTime() + requestMs),
  });
}

function obstacleTo(
  { brokerSilentMs }: Dependencies,
  { claims, signedAt }: SessionRequest,
  now: Date,
): Requested | undefined {
  if (brokerSilentMs() >= longestSilenceMs) return { kind: 'broker-silent' };
  const expiredAt = endOfOrder(claims.order.expiresAt, signedAt);
  return expiredAt <= now ? { kind: 'order-expired', expiredAt } : undefined;
}

async function begin(stores: Stores, request: SessionRequest, session: PaymentSession): Promise<Requested> {
  const { claims, signedAt, body, redirectUrl, clientIp, userAgent } = request;
  const { id, orderId, amount, notAfter } = session;
  const { amount: price, description, expiresAt } = claims.order;
  await stores.orders.add(newOrder(orderId, { amount: price, description }));
  await stores.publish({
    type: 'PaymentSessionRequested',
    identity: id,
    data: {
      ...{ orderId, paymentSessionId: id, amount, ...body, clientIp },
      order: { amount: price, description, expiresAt: endOfOrder(expiresAt, signedAt).toISOString() },
      ...(userAgent === undefined ? {} : { userAgent }),
      redirectUrl: returnUrl(redirectUrl, id),
      ...(claims.buyer === undefined ? {} : { buyer: claims.buyer }),
      notAfter: notAfter.toISOString(),
    },
  });
  return { kind: 'requested', session, replayed: false };
}
