import { type Attempt, type FrozenRequest } from '../domain/attempt.js';
import { type Payment } from '../domain/payment.js';
import { advanceRefund, type Refund, refundProblem, refundsOf } from '../domain/refund.js';
import { type Stores, type Tools } from './ports.js';
import { UnsayableWish } from './provider.js';
import { rejectRefund } from './reject-refund.js';

/** What a refund would be taken from. */
export interface Source {
  readonly attempt: Attempt;
  readonly payment: Payment;
}

/** Commits a refund to its payment, before Antom is asked for it; or says why it can't be. */
export async function admitRefund(
  stores: Stores,
  { provider, clock }: Tools,
  { attempt, payment }: Source,
  refund: Refund,
): Promise<void> {
  const { paymentId } = payment;
  const others = refundsOf(payment, await stores.refunds.ofAttempt(attempt.paymentSessionId)).filter(
    ({ refundRequestId }) => refundRequestId !== refund.refundRequestId,
  );
  const problem = refundProblem(refund.amount, payment.amount, others);
  if (problem !== undefined) return rejectRefund(stores, refund, problem);
  if (provider.canRefund(attempt.bankChoice, attempt.amount.currency) === 'no')
    return rejectRefund(stores, refund, {
      code: 'method_not_refundable',
      message: 'Antom can give nothing back for this way of paying: settle it with the buyer yourself',
    });
  const request = freeze(() => provider.freezeRefund({ ...refund, paymentId }));
  if (request instanceof UnsayableWish)
    return rejectRefund(stores, refund, { code: 'invalid_request', message: request.message });
  await start(stores, { ...refund, paymentId, request }, paymentId, clock.now());
}

async function start(stores: Stores, refund: Refund, paymentId: string, now: Date): Promise<void> {
  const moved = advanceRefund(refund, 'start');
  if (moved.kind !== 'moved') return;
  await stores.refunds.save(moved.thing, now);
  const { orderId, paymentSessionId, refundRequestId, amount } = refund;
  await stores.say({
    type: 'RefundStarted',
    identity: refundRequestId,
    data: {
      ...{ orderId, paymentSessionId, paymentRequestId: paymentSessionId, paymentId, refundRequestId, amount },
      cause: 'requested',
    },
  });
}

function freeze(build: () => FrozenRequest): FrozenRequest | UnsayableWish {
  try {
    return build();
  } catch (error) {
    if (error instanceof UnsayableWish) return error;
    throw error;
  }
}
