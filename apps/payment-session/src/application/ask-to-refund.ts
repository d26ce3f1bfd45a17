import { mostRefundTries, nextRefundAt, type Refund } from '../domain/refund.js';
import { type Lease, type Stores, type Tools, type UnitOfWork } from './ports.js';
import { type NoAnswer, type RefundAnswer } from './provider.js';
import { withRefund } from './leased-refund.js';
import { notPaid, rejectRefund } from './reject-refund.js';

/** Does once what a leased refund needs next. */
export async function askToRefund(unitOfWork: UnitOfWork, tools: Tools, lease: Lease<Refund>): Promise<void> {
  const { status, request, refundRequestId } = lease.thing;
  if (status === 'waiting' || request === undefined)
    return withRefund(unitOfWork, lease, (stores, refund) => rejectRefund(stores, refund, notPaid));
  const answer = await tools.provider.refund(refundRequestId, request);
  await withRefund(unitOfWork, lease, (stores, refund) => record(stores, refund, lease, answer, tools.clock.now()));
}

/** A hint for notification: payments.v1 alone ends a refund. */
async function record(
  stores: Stores,
  refund: Refund,
  lease: Lease<Refund>,
  answer: RefundAnswer,
  now: Date,
): Promise<void> {
  const { hint, isLast, counts } = hintOf(answer, lease.tries);
  if (hint !== undefined) await publishAnswer(stores, refund, hint, lease.tries);
  if (isLast && hint !== undefined) return stores.refunds.save({ ...refund, hint: hint.answer });
  await stores.refunds.tryAgainAt(lease, againAt(answer, lease, now), counts);
}

interface Answer {
  readonly answer: NonNullable<Refund['hint']>;
  readonly code: string;
  readonly message: string;
}

interface Hint {
  readonly hint?: Answer;
  /** Otherwise the same bytes are sent again. */
  readonly isLast: boolean;
  readonly counts: boolean;
}

/** A refusal decides only when nothing was asked before: after an unanswered call it may speak of a refund that exists. */
function hintOf(answer: RefundAnswer, tries: number): Hint {
  const isLast = tries >= mostRefundTries;
  if (answer.kind === 'accepted')
    return {
      hint: answered('succeeded', { code: 'SUCCESS', message: 'Antom gives it back' }),
      isLast: true,
      counts: true,
    };
  if (answer.kind === 'processing') return { hint: answered('processing', answer), isLast, counts: true };
  if (answer.kind === 'refused' && tries === 1)
    return { hint: answered('refused', answer), isLast: true, counts: true };
  const counts = answer.kind === 'refused' || answer.sent !== false;
  if (!isLast || !counts) return { isLast: false, counts };
  const message = answer.kind === 'refused' ? `${answer.code}: ${answer.message}` : answer.reason;
  return { hint: answered('unanswered', { code: 'no_answer', message }), isLast, counts };
}

const answered = (answer: Answer['answer'], { code, message }: Pick<Answer, 'code' | 'message'>): Answer => ({
  answer,
  code,
  message,
});

const againAt = (answer: RefundAnswer, { tries }: Lease<Refund>, now: Date): Date => {
  const pause = (answer as Partial<NoAnswer>).retryAfterMs;
  return pause === undefined ? nextRefundAt(now, tries) : new Date(now.getTime() + pause);
};

/** Each answer is an event of its own: Antom may take a refund up more than once before it decides. */
async function publishAnswer(
  stores: Stores,
  { orderId, paymentSessionId, refundRequestId }: Refund,
  answer: Answer,
  tries: number,
): Promise<void> {
  await stores.say({
    type: 'RefundAnswered',
    identity: `${refundRequestId}/${answer.answer}/${tries}`,
    data: { orderId, paymentSessionId, refundRequestId, ...answer },
  });
}
