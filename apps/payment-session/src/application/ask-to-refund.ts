import { mostRefundTries, nextRefundAt, type Refund } from '../domain/refund.js';
import { type Lease, type Stores, type Tools, type UnitOfWork } from './ports.js';
import { type NoAnswer, type RefundAnswer } from './provider.js';
import { notPaid, rejectRefund } from './reject-refund.js';

/** Does once what a leased refund needs next. */
export async function askToRefund(unitOfWork: UnitOfWork, tools: Tools, lease: Lease<Refund>): Promise<void> {
  const { orderId, request, refundRequestId } = lease.thing;
  const answer = request === undefined ? undefined : await tools.provider.refund(refundRequestId, request);
  await unitOfWork.run(lease.causedBy, async (stores) => {
    await stores.orders.lock(orderId);
    const refund = await stores.refunds.leased(lease);
    if (refund === undefined) return;
    if (answer === undefined) return rejectRefund(stores, refund, notPaid);
    await record(stores, refund, lease, answer, tools.clock.now());
  });
}

/** A hint for notification: payments.v1 alone ends a refund. */
async function record(
  stores: Stores,
  refund: Refund,
  lease: Lease<Refund>,
  answer: RefundAnswer,
  now: Date,
): Promise<void> {
  const { hint, isLast } = hintOf(answer, lease.tries);
  if (hint !== undefined) await publishAnswer(stores, refund, hint, lease.tries);
  if (isLast && hint !== undefined) return stores.refunds.save({ ...refund, hint: hint.answer });
  await stores.refunds.tryAgainAt(lease, againAt(answer, lease, now), wasAsked(answer));
}

interface Hint {
  readonly hint?: { readonly answer: NonNullable<Refund['hint']>; readonly code: string; readonly message: string };
  /** Otherwise the same bytes are sent again. */
  readonly isLast: boolean;
}

/** A refusal decides only when nothing was asked before: after an unanswered call it may speak of a refund that exists. */
function hintOf(answer: RefundAnswer, tries: number): Hint {
  const isLast = tries >= mostRefundTries;
  if (answer.kind === 'accepted')
    return { hint: { answer: 'succeeded', code: 'SUCCESS', message: 'Antom gives it back' }, isLast: true };
  if (answer.kind === 'processing')
    return { hint: { answer: 'processing', code: answer.code, message: answer.message }, isLast };
  if (answer.kind === 'refused' && tries === 1)
    return { hint: { answer: 'refused', code: answer.code, message: answer.message }, isLast: true };
  if (!isLast || !wasAsked(answer)) return { isLast: false };
  const message = answer.kind === 'refused' ? `${answer.code}: ${answer.message}` : answer.reason;
  return { hint: { answer: 'unanswered', code: 'no_answer', message }, isLast };
}

const wasAsked = (answer: RefundAnswer): boolean => answer.kind !== 'unknown' || answer.sent !== false;

const againAt = (answer: RefundAnswer, { tries }: Lease<Refund>, now: Date): Date => {
  const pause = (answer as Partial<NoAnswer>).retryAfterMs;
  return pause === undefined ? nextRefundAt(now, tries) : new Date(now.getTime() + pause);
};

/** Each answer is an event of its own: Antom may take a refund up more than once before it decides. */
async function publishAnswer(
  stores: Stores,
  { orderId, paymentSessionId, refundRequestId }: Refund,
  answer: NonNullable<Hint['hint']>,
  tries: number,
): Promise<void> {
  await stores.say({
    type: 'RefundAnswered',
    identity: `${refundRequestId}/${answer.answer}/${tries}`,
    data: { orderId, paymentSessionId, refundRequestId, ...answer },
  });
}
