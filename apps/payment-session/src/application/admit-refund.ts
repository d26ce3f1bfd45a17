import { type Attempt } from '../domain/attempt.js';
import { hasOpenDuplicate, type Payment } from '../domain/payment.js';
import { advanceRefund, type Refund, type RefundProblem, refundProblem, refundsOf } from '../domain/refund.js';
import { type Stores, type Tools } from './ports.js';
import { InvalidWish, orInvalid } from './provider.js';
import { rejectRefund } from './reject-refund.js';

/** What a refund would be taken from. */
export interface Source {
  readonly attempt: Attempt;
  readonly payment: Payment;
}

/** Commits a refund to its payment, before Antom is asked for it; or says why it can't be. */
export async function admitRefund(stores: Stores, tools: Tools, source: Source, refund: Refund): Promise<void> {
  const problem = await problemOf(stores, tools, source, refund);
  if (problem !== undefined) return rejectRefund(stores, refund, problem);
  const { paymentId } = source.payment;
  const request = orInvalid(() => tools.provider.freezeRefund({ ...refund, paymentId }));
  if (request instanceof InvalidWish) return rejectRefund(stores, refund, request.refusal);
  await start(stores, { ...refund, paymentId, request }, paymentId, tools.clock.now());
}

/** A person who resolves a case by a refund has looked at the duplicate. */
async function problemOf(
  stores: Stores,
  { provider }: Tools,
  { attempt, payment }: Source,
  { amount, cause }: Refund,
): Promise<RefundProblem | undefined> {
  if (cause === 'requested' && hasOpenDuplicate(await stores.payments.ofOrder(payment.orderId))) return duplicateOpen;
  const others = refundsOf(payment, await stores.refunds.ofAttempt(payment.paymentSessionId));
  const problem = refundProblem(amount, payment, others);
  if (problem !== undefined) return problem;
  return provider.canRefund(attempt.bankChoice, attempt.amount.currency) === 'no' ? notRefundable : undefined;
}

const duplicateOpen: RefundProblem = {
  code: 'duplicate_open',
  message: 'the order was paid twice: a person decides which payment stands before money goes back',
};

const notRefundable: RefundProblem = {
  code: 'method_not_refundable',
  message: 'Antom can give nothing back for this way of paying: settle it with the buyer yourself',
};

async function start(stores: Stores, refund: Refund, paymentId: string, now: Date): Promise<void> {
  const moved = advanceRefund(refund, 'start');
  if (moved.kind !== 'moved') return;
  await stores.refunds.save(moved.thing, now);
  const { orderId, paymentSessionId, refundRequestId, amount, cause, caseId } = refund;
  await stores.say({
    type: 'RefundStarted',
    identity: refundRequestId,
    data: {
      ...{ orderId, paymentSessionId, paymentId, refundRequestId, amount, cause },
      ...(caseId === undefined ? {} : { caseId }),
    },
  });
}
