import { type CreateRefundBody } from '@kasir/contracts';
import { type Clock, type Money, type NewId } from '@kasir/kernel';
import { isOf, type PaymentSession } from '../domain/payment-session.js';
import { leftOf, type Refund, refundsOf } from '../domain/refund.js';
import { canonical } from '../domain/same-request.js';
import { type Merchant } from './merchant.js';
import { type KeyClaim, type KeyHolder, type Origin, type Stores, type UnitOfWork } from './ports.js';

/** What a merchant's server asks for. */
export interface RefundWish {
  readonly orderId: string;
  readonly idempotencyKey: string;
  readonly merchant: Merchant;
  readonly body: CreateRefundBody;
}

export interface RefundTools {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly newRefundId: NewId;
}

/** Why no refund can even be asked for. */
export type RefundObstacle =
  | { readonly kind: 'key-reused' | 'order-unknown' | 'order-not-paid' | 'foreign-payment' | 'nothing-left' }
  | { readonly kind: 'unknown-payment'; readonly message: string }
  | { readonly kind: 'other-currency'; readonly currency: string };

export type RefundAsked =
  RefundObstacle | { readonly kind: 'requested'; readonly refund: Refund; readonly replayed: boolean };

/**
 * Writes the key, the refund and the outgoing event in one transaction; from then on the same key means this refund. The
 * order is locked meanwhile, so two refunds of "everything that is left" can't both have it.
 * @throws StorageUnavailable
 */
export function requestRefund(tools: RefundTools, origin: Origin, wish: RefundWish): Promise<RefundAsked> {
  const claim: KeyClaim = { orderId: wish.orderId, key: wish.idempotencyKey, request: canonical(wish.body) };
  return tools.unitOfWork.run(origin, async (stores) => {
    const order = await stores.orders.lock(wish.orderId);
    if (order === undefined) return { kind: 'order-unknown' };
    const holder = await stores.refundKeys.holder(claim);
    if (holder !== undefined) return replay(stores, holder);
    const source = await sourceOf(stores, wish, order.paid?.by);
    if ('kind' in source) return source;
    const amount = await amountOf(stores, source, wish.body.amount);
    return 'kind' in amount ? amount : begin(stores, tools, { wish, claim, source, amount });
  });
}

async function replay(stores: Stores, { id, sameRequest }: KeyHolder): Promise<RefundAsked> {
  if (!sameRequest) return { kind: 'key-reused' };
  const refund = await stores.refunds.find(id);
  if (refund === undefined) throw new Error(`a key is held by ${id}, which does not exist`);
  return { kind: 'requested', refund, replayed: true };
}

/** What a refund is taken from: a session, and where one was named, one of its payments. */
interface Source {
  readonly session: PaymentSession;
  readonly paymentId: string | null;
}

/** The payment that is named, or the one that paid the order. */
async function sourceOf(
  stores: Stores,
  { orderId, body }: RefundWish,
  paidBy: string | undefined,
): Promise<Source | RefundObstacle> {
  const named = body.paymentId === undefined ? undefined : await stores.payments.find(orderId, body.paymentId);
  if (body.paymentId !== undefined && named === undefined) return unknownPayment('this order');
  const id = body.paymentSessionId ?? named?.paymentSessionId ?? paidBy;
  if (id === undefined) return { kind: 'order-not-paid' };
  const session = await stores.sessions.find(id);
  if (session === undefined || !isOf(session, orderId)) return { kind: 'foreign-payment' };
  if (named !== undefined && named.paymentSessionId !== id) return unknownPayment('paymentSessionId');
  return { session, paymentId: named?.paymentId ?? null };
}

const unknownPayment = (whose: string): RefundObstacle => ({
  kind: 'unknown-payment',
  message: `must be Antom's id of a payment of ${whose} that succeeded`,
});

/** What is asked for, or all that is left. Whether the payment holds as much is decided by who holds the order's lock. */
async function amountOf(
  stores: Stores,
  { session, paymentId }: Source,
  asked: Money | undefined,
): Promise<Money | RefundObstacle> {
  const { currency } = session.amount;
  if (asked !== undefined) return asked.currency === currency ? asked : { kind: 'other-currency', currency };
  const first = (await stores.payments.firstOf(session.id))?.paymentId ?? null;
  const refunds = await stores.refunds.ofSession(session.id);
  const value = leftOf(session.amount, refundsOf({ named: paymentId, first }, refunds));
  return value === '0' ? { kind: 'nothing-left' } : { value, currency };
}

interface Beginning {
  readonly wish: RefundWish;
  readonly claim: KeyClaim;
  readonly source: Source;
  readonly amount: Money;
}

async function begin(stores: Stores, tools: RefundTools, { wish, claim, source, amount }: Beginning) {
  const { orderId, merchant, body } = wish;
  const { session, paymentId } = source;
  const now = tools.clock.now();
  const refund: Refund = {
    ...{ id: tools.newRefundId(), orderId, paymentSessionId: session.id, paymentId, amount, reason: body.reason },
    ...{ requestedBy: merchant.name, status: 'requested', obstacle: null, refundedAt: null, createdAt: now },
  };
  const claimed = await stores.refundKeys.claim(claim, refund.id, now);
  if (claimed !== 'claimed') return replay(stores, claimed);
  await stores.refunds.add(refund);
  await stores.say({
    type: 'RefundRequested',
    identity: refund.id,
    data: {
      ...{ orderId, paymentSessionId: session.id, ...(paymentId === null ? {} : { paymentId }) },
      refundRequestId: refund.id,
      ...{ amount, reason: body.reason, requestedBy: merchant.name },
    },
  });
  return { kind: 'requested' as const, refund, replayed: false };
}
