import { type CaseResolutionWord, resolutionsOf } from '@kasir/contracts';
import { type Money, moneyProblem } from '@kasir/kernel';
import { type Case, type Decision } from '../domain/case.js';
import { endOf, payOrder, reopenOrder } from '../domain/order.js';
import { leftOf, type ReceivedPayment, remainderOf, samePayment } from '../domain/payment.js';
import { type Stores } from './ports.js';
import { publishPaid } from './receive-payment.js';
import { recordBack } from './record-refund.js';
import { resolve, resolveByRefund } from './resolve-case.js';

/** What a person decides. Amount and reference are for money that went back outside. */
export interface Decided extends Decision {
  readonly amount?: Money | undefined;
  readonly reference?: string | undefined;
}

/** The decision does not fit what is known; nothing is changed. */
export class DecisionRefused extends Error {
  override readonly name = 'DecisionRefused';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

function refuse(code: string, message: string): never {
  throw new DecisionRefused(code, message);
}

type Act = (stores: Stores, found: Case, decided: Decided) => Promise<Case>;

/** @param found open, with the lock of its order */
export function decideCase(stores: Stores, found: Case, decided: Decided): Promise<Case> {
  const { kind, paymentId } = found;
  const fitting = resolutionsOf(kind, paymentId !== null);
  if (!fitting.includes(decided.resolution))
    refuse('resolution_does_not_fit', `${decided.resolution} is no word for ${kind}; one of ${fitting.join(', ')} is`);
  const act = acts[decided.resolution as CaseResolutionWord] ?? resolveOnly;
  return act(stores, found, decided);
}

const decisionOf = ({ resolution, reason, by, at }: Decided): Decision => ({ resolution, reason, by, at });

const resolveOnly: Act = (stores, found, decided) => resolve(stores, found, decisionOf(decided));

const acceptPayment: Act = async (stores, found, decided) => {
  const payment = await receivedOf(stores, found);
  const order = await stores.orders.lock(payment.orderId);
  if (order.paidBy !== null && samePayment(order.paidBy, payment)) return resolveOnly(stores, found, decided);
  if (order.paidBy !== null) refuse('order_paid', `${order.paidBy.paymentId} pays the order already`);
  if (leftOf(payment) <= 0n) refuse('nothing_left', 'all of this money is back with the buyer');
  requireUsual(payment.amount);
  if (order.facts === null) refuse('order_unknown', 'what was ordered is not known here yet');
  const paid = payOrder(order, payment).thing;
  await stores.orders.save(paid);
  await stores.payments.save({ ...payment, standing: 'paid' });
  await publishPaid(stores, paid, payment, found.caseId);
  return resolveOnly(stores, found, decided);
};

const refund: Act = async (stores, found, decided) => {
  const payment = await receivedOf(stores, found);
  const amount = remainderOf(payment);
  if (amount.value === '0') return resolveOnly(stores, found, decided);
  requireUsual(amount);
  const refundRequestId = `rf_${stores.idFrom(`${found.caseId}#${found.openings}`)}`;
  return resolveByRefund(stores, found, decisionOf(decided), { refundRequestId, amount });
};

const recordOutside: Act = async (stores, found, decided) => {
  const { caseId, orderId, paymentSessionId, paymentId } = found;
  if (orderId === null || paymentSessionId === null || paymentId === null)
    refuse('payment_unknown', 'the case names no payment of an order');
  const amount = decided.amount ?? remainderOf(await receivedOf(stores, found));
  requireUsual(amount);
  const { reference, at } = decided;
  const named = reference === undefined ? {} : { reference };
  const id = ['out_' + stores.idFrom(caseId), ...Object.values(named)].join('/');
  const resolved = await resolve(stores, found, decisionOf(decided), { amount, ...named });
  const payment = { orderId, paymentSessionId, paymentId };
  await recordBack(stores, { ...payment, id, origin: 'outside', amount, at }, at);
  return resolved;
};

const newAttempt: Act = async (stores, found, decided) => {
  if (found.orderId === null) return resolveOnly(stores, found, decided);
  const order = await stores.orders.lock(found.orderId);
  const end = endOf(order);
  if (order.seal !== null || order.status === 'closed') refuse('order_sealed', 'the order takes no attempt any more');
  if (end !== undefined && Date.parse(end) <= Date.parse(decided.at))
    refuse('order_expired', `the order ended at ${end}`);
  const reopened = reopenOrder(order);
  if (reopened.kind === 'moved') await stores.orders.save(reopened.thing);
  else if (found.kind === 'payment-returned' && order.paidBy !== null)
    refuse('order_paid', `${order.paidBy.paymentId} pays the order`);
  return resolveOnly(stores, found, decided);
};

const acts: Partial<Record<CaseResolutionWord, Act>> = {
  'accept-payment': acceptPayment,
  refund,
  'refunded-outside': recordOutside,
  'new-attempt': newAttempt,
};

async function receivedOf(stores: Stores, { orderId, paymentSessionId, paymentId }: Case): Promise<ReceivedPayment> {
  const isNamed = orderId !== null && paymentSessionId !== null && paymentId !== null;
  const payment = isNamed ? await stores.payments.find({ paymentSessionId, paymentId }) : undefined;
  if (payment === undefined || payment.amount === null)
    return refuse('payment_unknown', 'no money of this payment is known here');
  return payment;
}

function requireUsual(amount: Money): void {
  const problem = moneyProblem(amount);
  if (problem !== undefined)
    refuse('amount_unusual', `${problem.field} of ${amount.value} ${amount.currency} ${problem.message}`);
}
