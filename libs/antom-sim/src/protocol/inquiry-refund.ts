import { type World } from '../state/world.js';
import { antomTime } from '../time/antom-time.js';
import { type Answer, orderNotExist, refused } from './answer.js';
import { at, firstProblem, optional, text } from './field-rules.js';
import { success } from './results.js';

const fieldRules = [optional('refundId', text(64)), optional('refundRequestId', text(64))];

/** Tells how a refund stands, a `refundId` before a `refundRequestId`. One that was refused never was. */
export function inquiryRefund(body: unknown, { refunds }: World): Answer {
  const [refundId, refundRequestId] = [at(body, 'refundId'), at(body, 'refundRequestId')];
  const named = [refundId, refundRequestId].some((id) => id !== undefined && id !== '');
  const problem = named ? firstProblem(body, fieldRules) : 'refundRequestId or refundId is missing';
  if (problem !== undefined) return refused('PARAM_ILLEGAL', `Illegal parameters: ${problem}.`);
  const byId = typeof refundId === 'string' && refundId !== '';
  const refund = byId ? refunds.byRefundId(refundId) : refunds.refund(String(refundRequestId));
  if (refund === undefined || refund.status === 'refused') return orderNotExist;
  const { status, amount, decidedAt } = refund;
  return {
    result: success,
    refundId: refund.refundId,
    refundRequestId: refund.refundRequestId,
    refundAmount: amount,
    refundStatus: { accepted: 'PROCESSING', refunded: 'SUCCESS', failed: 'FAIL' }[status],
    ...(status === 'refunded' ? { refundTime: antomTime(new Date(decidedAt)) } : {}),
  };
}
