import { type CheckoutTokenClaims, type CreatePaymentSessionBody } from '@kasir/contracts';
import { type Clock, type NewId } from '@kasir/kernel';
import { endOfOrder, requestedOrder } from '../domain/order.js';
import { newPaymentSession, type PaymentSession } from '../domain/payment-session.js';
import { returnUrl } from '../domain/return-url.js';
import { canonical } from '../domain/same-request.js';
import { type KeyClaim, type KeyHolder, type Origin, type Stores, type UnitOfWork } from './ports.js';

/** What an app asks for, in the name of a merchant who has signed the order. */
export interface Wish {
  readonly idempotencyKey: string;
  readonly claims: CheckoutTokenClaims;
  readonly signedAt: Date;
  readonly body: CreatePaymentSessionBody;
  /** Where the bank sends the shopper afterwards, still without the session's id. */
  readonly redirectUrl: string;
  readonly clientIp: string;
  readonly userAgent?: string | undefined;
}

export type Requested =
  | { readonly kind: 'requested'; readonly session: PaymentSession; readonly replayed: boolean }
  | { readonly kind: 'key-reused' }
  | { readonly kind: 'order-expired'; readonly expiredAt: Date }
  | { readonly kind: 'broker-silent' };

export interface Tools {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly newSessionId: NewId;
  /** How long the broker has left a question unanswered, in milliseconds. */
  readonly brokerSilentMs: () => number;
  /** How long the request may wait for an answer before it is worth nothing, in milliseconds. */
  readonly requestMs: number;
}

const longestSilenceMs = 5_000;

/**
 * Writes the key, the session, its order and the outgoing event in one transaction; from then on the same key means this session.
 * A key that is known is answered even where nothing new could begin.
 * @throws StorageUnavailable
 */
export function requestPaymentSession(tools: Tools, origin: Origin, wish: Wish): Promise<Requested> {
  const now = tools.clock.now();
  const claim = claimOf(wish);
  const obstacle = obstacleTo(tools, wish, now);
  return tools.unitOfWork.run(origin, async (stores) => {
    if (obstacle !== undefined) {
      const holder = await stores.keys.holder(claim);
      return holder === undefined ? obstacle : replay(stores, holder);
    }
    const id = tools.newSessionId();
    const claimed = await stores.keys.claim(claim, id, now);
    return claimed === 'claimed' ? begin(stores, tools, wish, id, now) : replay(stores, claimed);
  });
}

/** A fresh token for the same order is the same request, so what it says of times and of the buyer is left out. */
const claimOf = ({ idempotencyKey, claims: { order, payment }, body }: Wish): KeyClaim => ({
  orderId: order.id,
  key: idempotencyKey,
  request: canonical({ order: { ...order, expiresAt: undefined }, payment, body }),
});

function obstacleTo(tools: Tools, { claims, signedAt }: Wish, now: Date): Requested | undefined {
  if (tools.brokerSilentMs() >= longestSilenceMs) return { kind: 'broker-silent' };
  const expiredAt = endOfOrder(claims.order.expiresAt, signedAt);
  return expiredAt <= now ? { kind: 'order-expired', expiredAt } : undefined;
}

async function replay(stores: Stores, { id, sameRequest }: KeyHolder): Promise<Requested> {
  if (!sameRequest) return { kind: 'key-reused' };
  const session = await stores.sessions.find(id);
  if (session === undefined) throw new Error(`a key is held by ${id}, which does not exist`);
  return { kind: 'requested', session, replayed: true };
}

async function begin(stores: Stores, tools: Tools, wish: Wish, id: string, now: Date): Promise<Requested> {
  const { order, payment, buyer } = wish.claims;
  const amount = payment?.amount ?? order.amount;
  const { bankChoice, terminal } = wish.body;
  const session = newPaymentSession({ id, orderId: order.id, amount, bankChoice, createdAt: now });
  await stores.sessions.add(session);
  await stores.orders.add(requestedOrder(order.id, { amount: order.amount, description: order.description }));
  await stores.say({
    type: 'PaymentSessionRequested',
    identity: id,
    data: {
      orderId: order.id,
      paymentSessionId: id,
      order: {
        amount: order.amount,
        description: order.description,
        expiresAt: endOfOrder(order.expiresAt, wish.signedAt).toISOString(),
      },
      amount,
      bankChoice,
      terminal,
      clientIp: wish.clientIp,
      ...(wish.userAgent === undefined ? {} : { userAgent: wish.userAgent }),
      redirectUrl: returnUrl(wish.redirectUrl, id),
      ...(buyer === undefined ? {} : { buyer }),
      notAfter: new Date(now.getTime() + tools.requestMs).toISOString(),
    },
  });
  return { kind: 'requested', session, replayed: false };
}
