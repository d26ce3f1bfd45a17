import { type OrderView, type PaymentSessionView } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type Order } from '../domain/order.js';
import { type PaymentSession, sealedFor } from '../domain/payment-session.js';
import { type OpenSealed } from './ports.js';

export type ShowSession = (session: PaymentSession) => Promise<PaymentSessionView>;

/** A session as the app may see it: its data is opened only while the shopper can pay with it. */
export const showSession =
  (clock: Clock, open: OpenSealed): ShowSession =>
  async (session) => {
    const { id, orderId, status, amount, bankChoice, rejection, failure, paidAt, createdAt } = session;
    const sealed = sealedFor(session, clock.now());
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
      ...(status === 'succeeded' && paidAt !== null ? { paidAt: paidAt.toISOString() } : {}),
      createdAt: createdAt.toISOString(),
    };
  };

export const showOrder = ({ id, status, amount, description, paid }: Order): OrderView => ({
  id,
  status,
  amount,
  description,
  ...(paid === null ? {} : { paidAt: paid.at.toISOString(), paidBy: paid.by }),
});
