import { type OrderView, type PaymentSessionView, type RefundView } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type Cancel } from '../domain/cancel.js';
import { awaitsPayment, type Order } from '../domain/order.js';
import { type PaymentSession, sealedFor } from '../domain/payment-session.js';
import { type Refund } from '../domain/refund.js';
import { type OpenSealed, type ReadModel } from './ports.js';

export type ShowSession = (session: PaymentSession) => Promise<PaymentSessionView>;

/** A session as the app may see it: its data is opened only while the shopper can pay with it, and is still to pay. */
export const showSession =
  (clock: Clock, open: OpenSealed, { order }: Pick<ReadModel, 'order'>): ShowSession =>
  async (session) => {
    const { id, orderId, status, amount, bankChoice, rejection, failure, cancel, paidAt, createdAt } = session;
    const payable = sealedFor(session, clock.now());
    const sealed = payable !== undefined && awaitsPayment(await order(orderId)) ? payable : undefined;
    return {
      id,
      orderId,
      status,
      amount,
      bankChoice,
      ...(sealed === undefined ? {} : { sessionData: await open(sealed.data) }),
      ...(sealed === undefined ? {} : { sessionExpiresAt: sealed.expiresAt.toISOString() }),
      ...(status === 'rejected' && rejection !== null ? { rejection: { ...rejection } } : {}),
      ...(status === 'failed' && failure !== null ? { failure: { ...failure } } : {}),
      ...showCancel(cancel),
      ...(status === 'succeeded' && paidAt !== null ? { paidAt: paidAt.toISOString() } : {}),
      createdAt: createdAt.toISOString(),
    };
  };

function showCancel({ status, reason }: Cancel): Pick<PaymentSessionView, 'cancel'> {
  return status === 'none' ? {} : { cancel: { status, ...(reason === null ? {} : { reason }) } };
}

/** An order as app and merchant may see it; undefined while its facts are not known. */
export function showOrder({ id, status, facts, paid, refunded }: Order): OrderView | undefined {
  if (facts === null || status === 'expected') return undefined;
  return {
    id,
    status,
    ...facts,
    ...(paid === null ? {} : { paidAt: paid.at.toISOString(), paidBy: paid.by }),
    ...(refunded === null ? {} : { refunded: { ...refunded } }),
  };
}

export function showRefund(refund: Refund): RefundView {
  const { id, orderId, paymentSessionId, paymentId, amount, reason, status, obstacle, refundedAt, createdAt } = refund;
  return {
    ...{ id, orderId, paymentSessionId, ...(paymentId === null ? {} : { paymentId }), amount, reason, status },
    ...(status === 'rejected' && obstacle !== null ? { rejection: { ...obstacle } } : {}),
    ...(status === 'failed' && obstacle !== null ? { failure: { ...obstacle } } : {}),
    ...(status === 'succeeded' && refundedAt !== null ? { refundedAt: refundedAt.toISOString() } : {}),
    createdAt: createdAt.toISOString(),
  };
}
