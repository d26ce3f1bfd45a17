import { type CreateRefundBody } from '@kasir/contracts';
import { type Money } from '@kasir/kernel';
import { type Payment } from '../domain/payment.js';
import { isOf } from '../domain/payment-session.js';
import { leftOf, newRefund, type Refund, refundsOf } from '../domain/refund.js';
import { type Dependencies, type Merchant, type Origin, type Stores } from './ports.js';

/** What a merchant's server asks for. */
export interface RefundRequest {
  readonly orderId: string;
  readonly idempotencyKey: string;
  readonly merchant: Merchant;
  readonly body: CreateRefundBody;
}

/** Why no refund can even be asked for. */
export type RefundObstacle =
  | { readonly kind: 'key-reused' | 'order-unknown' | 'order-not-paid' | 'nothing-left' }
  | { readonly kind: 'wrong-field'; readonly field: string; readonly message: string };

const wrong = (field: string, message: string): RefundObstacle => ({ kind: 'wrong-field', field, message });

export type RefundAsked =
  RefundObstacle | { readonly kind: 'requested'; readonly refund: Refund; readonly replayed: boolean };

/**
 * Writes the refund and the outgoing event in one transaction. The id is derived from the request, so that a repeat means this
 * refund. The order is locked meanwhile, so two refunds of "everything that is left" can't both have it.
 * @throws StorageUnavailable
 */
export function requestRefund(
  { unitOfWork, clock, idOf, fingerprintOf }: Dependencies,
  origin: Origin,
  request: RefundRequest,
): Promise<RefundAsked> {
  const { orderId, idempotencyKey, body } = request;
  const id = idOf({ operation: 'refund', by: 'server', orderId, idempotencyKey });
  const fingerprint = fingerprintOf(body);
  return unitOfWork.run(origin, async (stores) => {
    const order = await stores.orders.lock(orderId);
    if (order === undefined) return { kind: 'order-unknown' };
    const known = await stores.refunds.find(id);
    if (known !== undefined && known.fingerprint !== fingerprint) return { kind: 'key-reused' };
    if (known !== undefined) return { kind: 'requested', refund: known, replayed: true };
    const source = await sourceOf(stores, request, order.paid?.by);
    if ('kind' in source) return source;
    const amount = await amountOf(stores, source, body.amount);
    if ('kind' in amount) return amount;
    return begin(stores, request, { id, fingerprint, ...source, amount, createdAt: clock.now() });
  });
}

/** What a refund is taken from: a session, and where one was named, one of its payments. */
interface Source {
  readonly paymentSessionId: string;
  readonly paymentId: string | null;
  /** What was received, as far as that is known, else what was asked for. */
  readonly money: Money;
  readonly first: string | null;
}

/** The payment that is named, or the one that paid the order. */
async function sourceOf(
  stores: Stores,
  { orderId, body }: RefundRequest,
  paidBy: string | undefined,
): Promise<Source | RefundObstacle> {
  const named = body.paymentId === undefined ? undefined : await stores.payments.find(orderId, body.paymentId);
  if (body.paymentId !== undefined && named === undefined) return unknownPayment('this order');
  const id = body.paymentSessionId ?? named?.paymentSessionId ?? paidBy;
  if (id === undefined) return { kind: 'order-not-paid' };
  const session = await stores.sessions.find(id);
  if (session === undefined || !isOf(session, orderId))
    return wrong('paymentSessionId', 'must be a payment session of this order');
  if (named !== undefined && named.paymentSessionId !== id) return unknownPayment('paymentSessionId');
  const first: Payment | undefined = (await stores.payments.ofSession(id))[0];
  const money = (named ?? first)?.amount ?? session.amount;
  return { paymentSessionId: id, paymentId: named?.paymentId ?? null, money, first: first?.paymentId ?? null };
}

const unknownPayment = (whose: string): RefundObstacle =>
  wrong('paymentId', `must be Antom's id of a payment of ${whose} that was received`);

/** What is asked for, or all that is left. Whether the payment holds as much is decided by payment-session. */
async function amountOf(
  stores: Stores,
  { paymentSessionId, paymentId, first, money }: Source,
  asked: Money | undefined,
): Promise<Money | RefundObstacle> {
  const { currency } = money;
  if (asked?.currency === currency) return asked;
  if (asked !== undefined) return wrong('amount.currency', `must be ${currency}, the currency of the payment`);
  const refunds = await stores.refunds.ofSession(paymentSessionId);
  const value = leftOf(money, refundsOf(paymentId ?? first, first, refunds));
  return value === '0' ? { kind: 'nothing-left' } : { value, currency };
}

type Beginning = Pick<Refund, 'id' | 'paymentSessionId' | 'paymentId' | 'amount' | 'createdAt'> & {
  readonly fingerprint: string;
};

async function begin(
  stores: Stores,
  { orderId, merchant, body: { reason } }: RefundRequest,
  { id, fingerprint, paymentSessionId, paymentId, amount, createdAt }: Beginning,
): Promise<RefundAsked> {
  const about = { orderId, paymentSessionId, amount, reason };
  const refund = newRefund({ id, paymentId, createdAt, ...about }, { requestedBy: merchant.name, fingerprint });
  await stores.refunds.claim(refund);
  await stores.publish({
    type: 'RefundRequested',
    identity: id,
    data: {
      ...{ ...about, refundRequestId: id, requestedBy: merchant.name },
      ...(paymentId === null ? {} : { paymentId }),
    },
  });
  return { kind: 'requested', refund, replayed: false };
}
