import { type Money } from '@kasir/kernel';
import { z } from 'zod';
import { type Answer } from '../http/answer.js';
import { maybeAmount, maybeText, maybeTime, present } from '../reading/fields.js';
import { judge, type Unsure, unsure } from '../reading/judge.js';
import { aboutAnother } from '../reading/same-thing.js';
import { type RefundReference } from '../requests/references.js';

export type RefundStatus = 'succeeded' | 'failed' | 'processing';

/** How a refund stands, in our own words. */
export type RefundInquiry =
  | {
      readonly kind: 'answered';
      /** As far as Antom goes: a wallet or bank may still need time. */
      readonly status: RefundStatus;
      readonly refundId?: string;
      readonly refundRequestId?: string;
      readonly amount?: Money;
      readonly refundedAt?: Date;
      /** The card network's or bank's own references, for the shopper's questions. */
      readonly arn?: string;
      readonly rrn?: string;
    }
  /** Antom knows no such refund: after an unanswered call, send it again under the same id. */
  | { readonly kind: 'not-found'; readonly code: string; readonly message: string }
  /** The question was not answered. It says nothing about the refund. */
  | Unsure;

const statuses: ReadonlyMap<string | undefined, RefundStatus> = new Map([
  ['SUCCESS', 'succeeded'],
  ['FAIL', 'failed'],
  ['PROCESSING', 'processing'],
]);

/** Antom's word for how a refund stands in ours, or undefined for a word that we do not know. */
export const refundStatusOf = (said: string | undefined): RefundStatus | undefined => statuses.get(said);

const Said = z.looseObject({
  refundStatus: maybeText,
  refundId: maybeText,
  refundRequestId: maybeText,
  refundAmount: maybeAmount,
  refundTime: maybeTime,
  arn: maybeText,
  rrn: maybeText,
});

/** Puts Antom's answer to inquiryRefund into our words. Its result says only whether the question was answered. */
export function readRefundInquiry(answer: Answer, asked: RefundReference): RefundInquiry {
  const judged = judge('inquiryRefund', answer);
  if (judged.kind === 'unknown') return judged;
  const { result, body } = judged;
  if (result.status !== 'S') return { kind: 'not-found', code: result.code, message: result.message };
  const other = aboutAnother('inquiryRefund', asked, body);
  if (other !== undefined) return other;
  const { refundStatus, refundAmount: amount, refundTime: refundedAt, ...said } = Said.parse(body);
  const status = refundStatusOf(refundStatus);
  if (status === undefined)
    return unsure('inquiryRefund', 'unreadable', `refundStatus ${refundStatus ?? 'is missing'} is not known`, {
      alarm: true,
    });
  const { refundId, refundRequestId, arn, rrn } = said;
  return { kind: 'answered', status, ...present({ refundId, refundRequestId, amount, refundedAt, arn, rrn }) };
}
