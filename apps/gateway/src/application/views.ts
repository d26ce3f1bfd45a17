import { type OrderView, type PaymentSessionView, type RefundView } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type Cancel, cancelStatus } from '../domain/cancel.js';
import { awaitsPayment, type Order } from '../domain/order.js';
import { isOverdue, openableData, type PaymentSession } from '../domain/payment-session.js';
import { type Refund } from '../domain/refund.js';
import { type Decrypt, type ReadModel } from './ports.js';

export type ShowSession = (session: PaymentSession) => Promise<PaymentSessionView>;

/** A session as the app may see it: its data is opened only while the buyer can pay with it, and is still to pay. */
export const showSession =
  (clock: Clock, decrypt: Decrypt, { order }: Pick<ReadModel, 'order'>): ShowSession =>
  async (session) => {
    const { id, orderId, status, amount, bankChoice, rejection, failure, cancel, paidAt, createdAt } = session;
    const now = clock.now();
    const payable = openableData(session, now);
    const encrypted = payable !== undefined && awaitsPayment(await order(orderId)) ? payable : undefined;
    return {
      id,
      orderId,
      status,
      ...(isOverdue(session, now) ? { overdue: true } : {}),
      amount,
      bankChoice,
      ...(encrypted === undefined ? {} : { sessionData: await decrypt(encrypted.data) }),
      ...(encrypted === undefined ? {} : { sessionExpiresAt: encrypted.expiresAt.toISOString() }),
      ...(status === 'rejected' && rejection !== null ? { rejection: { ...rejection } } : {}),
      ...(status === 'failed' && failure !== null ? { failure: { ...failure } } : {}),
      ...showCancel(cancel),
      ...(status === 'succeeded' && paidAt !== null ? { paidAt: paidAt.toISOString() } : {}),
      createdAt: createdAt.toISOString(),
    };
  };

function showCancel(cancel: Cancel): Pick<PaymentSessionView, 'cancel'> {
  const status = cancelStatus(cancel);
  if (status === undefined) return {};
  return { cancel: { status, ...(cancel.reason === null ? {} : { reason: cancel.reason }) } };
}

/** An order as app and merchant may see it; undefined while its facts are not known. */
export function showOrder({ id, status, facts, paid, refunded, openCases }: Order): OrderView | undefined {
  if (facts === null) return undefined;
  return {
    id,
    status,
    ...facts,
    ...(paid === null ? {} : { paidAt: paid.at.toISOString(), paidBy: paid.by }),
    ...(refunded === null ? {} : { refunded: { ...refunded } }),
    needsAttention: openCases > 0,
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
