import { methodOf, preferredMethod } from '../banks/choose.js';
import { type BankMethod } from '../banks/bank-method.js';
import { type Session } from '../state/views.js';
import { type World } from '../state/world.js';
import { antomTime } from '../time/antom-time.js';
import { type Answer, orderNotExist, refused } from './answer.js';
import { findPayment, namingProblem } from './inquiry-payment.js';
import { success } from './results.js';

const hour = 3_600_000;
const quarter = hour / 4;
const eightHours = 8 * hour;

/** The way by which a session is or would be paid. */
export const methodOfSession = ({ method, bank, amount, terminal }: Session): BankMethod =>
  methodOf(method ?? '') ?? preferredMethod(bank, amount.currency, terminal);

/** Cancels a payment, where its method and its state allow that. It is the same answer again for what is cancelled. */
export function cancel(body: unknown, world: World, now: Date): { answer: Answer; cancels?: Session } {
  const problem = namingProblem(body);
  if (problem !== undefined) return { answer: refused('PARAM_ILLEGAL', `Illegal parameters: ${problem}.`) };
  const payment = findPayment(body, world);
  if (payment === undefined) return { answer: orderNotExist };
  if (payment.status === 'cancelled') return { answer: cancelled(payment, new Date(payment.decidedAt!)) };
  const refusal = refusalOf(payment, world, now);
  return refusal === undefined ? { answer: cancelled(payment, now), cancels: payment } : { answer: refusal };
}

const cancelled = ({ paymentId, paymentRequestId }: Session, at: Date): Answer => ({
  result: success,
  paymentId,
  paymentRequestId,
  cancelTime: antomTime(at),
});

function refusalOf(payment: Session, world: World, now: Date): Answer | undefined {
  const window = methodOfSession(payment).cancel;
  if (window === 'never') return refused('PROCESS_FAIL', 'The payment method does not support a cancel.');
  if (payment.status === 'timed out') return refused('ORDER_STATUS_INVALID', 'The order is closed.');
  if (payment.status !== 'paid') return undefined;
  const refunds = world.refunds.ofPayment(payment.paymentRequestId);
  if (refunds.some(({ status }) => status !== 'failed'))
    return refused('PROCESS_FAIL', 'A payment that was refunded cannot be cancelled.');
  const open = window === 'until 00:15 of the next day' && now.getTime() < endOfDay(new Date(payment.paidAt!));
  return open ? undefined : refused('CANCEL_WINDOW_EXCEED', 'The payment can no longer be cancelled.');
}

/** A quarter past midnight of the next day, at GMT+8. */
const endOfDay = (paidAt: Date): number =>
  (Math.floor((paidAt.getTime() + eightHours) / (24 * hour)) + 1) * 24 * hour - eightHours + quarter;
