import { orders, payments, paymentSessions, sessionRequests } from '@kasir/contracts';
import { facts, field, type Invariant, orderOf, type Said } from './facts.js';

const text = (event: Said, name: string): string => String(field(event, name));

/** I10, the other way: what the bank gave back is what we say, each give-back once, and never more than was paid. */
export const sameRefunds: Invariant = (world) => {
  const theirs = world.bank.refunds.filter(({ status }) => status === 'given back');
  const ours = [
    ...facts(world, payments.name, 'RefundSucceeded').map((event) => text(event, 'refundRequestId')),
    ...facts(world, payments.name, 'PaymentReturned')
      .filter((event) => field(event, 'cause') === 'refund')
      .map((event) => text(event, 'returnId')),
  ];
  const told = [
    ...facts(world, orders.name, 'OrderRefunded').map((event) => text(event, 'refundId')),
    ...facts(world, orders.name, 'OrderPaymentReturned').map((event) => text(event, 'returnId')),
  ];
  const known = theirs.map(({ refundRequestId }) => refundRequestId);
  const overdrawn = world.bank.sessions.flatMap((session) =>
    session.payments.filter(({ paymentId, amount: paid }) => {
      const back = theirs.filter((refund) => refund.paymentId === paymentId);
      return back.reduce((sum, { amount }) => sum + BigInt(amount.value), 0n) > BigInt(paid.value);
    }),
  );
  const once = (ids: readonly string[], id: string): boolean => ids.filter((other) => other === id).length === 1;
  return [
    ...known.filter((id) => !once(ours, id)).map((id) => `${id} went back, and is not told once`),
    ...known.filter((id) => !once(told, id)).map((id) => `${id} is not on the order once`),
    ...ours.filter((id) => !known.includes(id)).map((id) => `${id} never went back`),
    ...overdrawn.map(({ paymentId }) => `more of ${paymentId} went back than came`),
  ];
};

/** I4: an order whose money the bank gave back as a whole, unasked, is not left as paid by it. */
export const returnedMoneyPaysNothing: Invariant = (world) => {
  const back = world.bank.refunds.filter(({ outside, status }) => outside && status === 'given back');
  const whole = back.filter(({ paymentId, amount }) =>
    world.bank.sessions.some(({ payments: charges }) =>
      charges.some((charge) => charge.paymentId === paymentId && charge.amount.value === amount.value),
    ),
  );
  const paid = new Map<string, string>();
  for (const event of facts(world, orders.name, 'OrderPaid', 'OrderPaymentReturned')) {
    const payment =
      event.type === 'OrderPaid'
        ? field(event, 'paymentId')
        : (field(event, 'paidBy') as { paymentId: string } | null)?.paymentId;
    paid.set(orderOf(event), String(payment));
  }
  return whole
    .filter(({ paymentId }) => [...paid.values()].includes(paymentId))
    .map(({ paymentId }) => `${paymentId} went back, and still pays its order`);
};

/** Every refund that was asked for, by the merchant or by a case, is refused before Antom is called, or ends. */
export const everyRefundEnds: Invariant = (world) => {
  const ended = new Set([
    ...facts(world, payments.name, 'RefundSucceeded', 'RefundFailed').map((event) => text(event, 'refundRequestId')),
    ...facts(world, paymentSessions.name, 'RefundRejected').map((event) => text(event, 'refundRequestId')),
    ...facts(world, payments.name, 'PaymentNeedsAttention').map((event) => text(event, 'reference')),
  ]);
  const asked = [
    ...facts(world, sessionRequests.name, 'RefundRequested'),
    ...facts(world, orders.name, 'OrderAttentionResolved').filter((event) => field(event, 'status') === 'refunding'),
  ].map((event) => text(event, 'refundRequestId'));
  return asked.filter((id) => !ended.has(id)).map((id) => `refund ${id} has no end`);
};
