import { advanceRefund, mostRefundTries, nextRefundAt, type Refund, type RefundStep } from '../domain/refund.js';
import { type Lease, type Stores, type Tools, type UnitOfWork } from './ports.js';
import { type NoAnswer, type RefundAnswer } from './provider.js';
import { withRefund } from './leased-refund.js';
import { notPaid, rejectRefund } from './reject-refund.js';

/** Does once what a leased refund needs next. */
export async function askToRefund(unitOfWork: UnitOfWork, tools: Tools, lease: Lease<Refund>): Promise<void> {
  const { status, request, refundRequestId } = lease.thing;
  if (status === 'considered' || request === undefined)
    return withRefund(unitOfWork, lease, (stores, refund) => rejectRefund(stores, refund, notPaid));
  const answer = await tools.provider.refund(refundRequestId, request);
  await withRefund(unitOfWork, lease, (stores, refund) => record(stores, refund, lease, answer, tools.clock.now()));
}

/** A hint for the ear, which alone ends a refund. */
async function record(
  stores: Stores,
  refund: Refund,
  lease: Lease<Refund>,
  answer: RefundAnswer,
  now: Date,
): Promise<void> {
  const hint = hintOf(answer, lease.tries);
  if (hint.said !== undefined) await sayAnswer(stores, refund, hint.said, lease.tries);
  if (hint.step === undefined) return stores.refunds.tryAgainAt(lease, againAt(answer, lease, now), hint.counts);
  const moved = advanceRefund(refund, hint.step);
  if (moved.kind === 'moved') await stores.refunds.save(moved.thing);
}

interface Said {
  readonly answer: 'succeeded' | 'processing' | 'refused' | 'unanswered';
  readonly code: string;
  readonly message: string;
}

interface Hint {
  readonly said?: Said;
  /** Undefined while the same bytes are to be sent again. */
  readonly step?: RefundStep;
  readonly counts: boolean;
}

/** A refusal decides only when nothing was asked before: after an unanswered call it may speak of a refund that exists. */
function hintOf(answer: RefundAnswer, tries: number): Hint {
  const last = tries >= mostRefundTries;
  if (answer.kind === 'accepted')
    return {
      said: { answer: 'succeeded', code: 'SUCCESS', message: 'Antom gives it back' },
      step: 'take',
      counts: true,
    };
  if (answer.kind === 'processing')
    return { said: said('processing', answer), ...(last ? { step: 'take' } : {}), counts: true };
  if (answer.kind === 'refused' && tries === 1) return { said: said('refused', answer), step: 'refuse', counts: true };
  const counts = answer.kind === 'refused' || answer.sent !== false;
  if (!last || !counts) return { counts };
  const message = answer.kind === 'refused' ? `${answer.code}: ${answer.message}` : answer.reason;
  return { said: { answer: 'unanswered', code: 'no_answer', message }, step: 'giveUp', counts };
}

const said = (answer: Said['answer'], { code, message }: Pick<Said, 'code' | 'message'>): Said => ({
  answer,
  code,
  message,
});

const againAt = (answer: RefundAnswer, { tries }: Lease<Refund>, now: Date): Date => {
  const pause = (answer as Partial<NoAnswer>).retryAfterMs;
  return pause === undefined ? nextRefundAt(now, tries) : new Date(now.getTime() + pause);
};

/** Each answer is news of its own: Antom may take a refund up more than once before it decides. */
const sayAnswer = (
  stores: Stores,
  { orderId, paymentSessionId, refundRequestId }: Refund,
  said: Said,
  tries: number,
): Promise<void> =>
  stores.say({
    type: 'RefundAnswered',
    identity: `${refundRequestId}/${said.answer}/${tries}`,
    data: { orderId, paymentSessionId, refundRequestId, ...said },
  });
