import { orders, payments, paymentSessions, sessionRequests } from '@kasir/contracts';
import { facts, field, type Invariant, type Said } from './facts.js';

const refundIdOf = (event: Said): string => String(field(event, 'refundRequestId'));

/** I10, the other way: what the bank gave back is what we say, each refund once, and never more than was paid. */
export const sameRefunds: Invariant = (world) => {
  const theirs = world.bank.refunds.filter(({ status }) => status === 'given back');
  const ours = facts(world, payments.name, 'RefundSucceeded').map(refundIdOf);
  const told = facts(world, orders.name, 'OrderRefunded').map(refundIdOf);
  const known = theirs.map(({ refundRequestId }) => refundRequestId);
  const overdrawn = world.bank.sessions.flatMap((session) =>
    session.payments.filter(({ paymentId }) => {
      const back = theirs.filter((refund) => refund.paymentId === paymentId);
      return back.reduce((sum, { amount }) => sum + BigInt(amount.value), 0n) > BigInt(session.amount.value);
    }),
  );
  return [
    ...known
      .filter((id) => ours.filter((other) => other === id).length !== 1)
      .map((id) => `${id} went back, and is not told once`),
    ...known
      .filter((id) => told.filter((other) => other === id).length !== 1)
      .map((id) => `${id} is not on the order once`),
    ...ours.filter((id) => !known.includes(id)).map((id) => `${id} never went back`),
    ...overdrawn.map(({ paymentId }) => `more of ${paymentId} went back than came`),
  ];
};

/** Every refund that was asked for is refused before anybody is called, or ends. */
export const everyRefundEnds: Invariant = (world) => {
  const ended = new Set(
    [
      ...facts(world, payments.name, 'RefundSucceeded', 'RefundFailed', 'RefundNeedsAttention'),
      ...facts(world, paymentSessions.name, 'RefundRejected'),
    ].map(refundIdOf),
  );
  return facts(world, sessionRequests.name, 'RefundRequested')
    .map(refundIdOf)
    .filter((id) => !ended.has(id))
    .map((id) => `refund ${id} has no end`);
};
