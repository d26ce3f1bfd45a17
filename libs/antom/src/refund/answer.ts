import { type Money } from '@kasir/kernel';
import { z } from 'zod';
import { type Answer } from '../http/answer.js';
import { type Reaction } from '../reactions/reaction.js';
import { firstProblem, maybeText, maybeTime, present, SaidAmount, saidId } from '../reading/fields.js';
import { judge, type Unsure, unsure } from '../reading/judge.js';
import { aboutAnother } from '../reading/same-thing.js';

/** What came of the wish to refund, in our own words. */
export type RefundAnswer =
  /** Antom has taken it. Whether the money arrives is said by a notification or an inquiry about the refund. */
  | {
      readonly kind: 'accepted';
      readonly refundId: string;
      readonly paymentId?: string;
      /** As Antom says it: to be compared with what was asked for. */
      readonly amount: Money;
      readonly refundedAt?: Date;
    }
  /** Antom says under its signature that it does not refund. After an unanswered try even that decides nothing. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string; readonly reaction: Reaction }
  /** It may be refunded, or under way: send the same bytes again, or inquire. Most banks take their time. */
  | Unsure;

const Said = z.looseObject({
  refundId: saidId,
  refundAmount: SaidAmount,
  paymentId: maybeText,
  refundTime: maybeTime,
});

/** Puts Antom's answer to refund into our words. */
export function readRefundAnswer(answer: Answer, asked: { readonly refundRequestId: string }): RefundAnswer {
  const judged = judge('refund', answer);
  if (judged.kind === 'unknown') return judged;
  const { result, rule, body } = judged;
  if (result.status !== 'S')
    return { kind: 'refused', code: result.code, message: result.message, reaction: rule.reaction };
  const { refundRequestId } = asked;
  const other = aboutAnother('refund', { refundRequestId }, body);
  if (other !== undefined) return other;
  const said = Said.safeParse(body);
  if (!said.success) return unsure('refund', 'unreadable', firstProblem(said.error), { alarm: true });
  const { refundId, refundAmount: amount, paymentId, refundTime: refundedAt } = said.data;
  return { kind: 'accepted', refundId, amount, ...present({ paymentId, refundedAt }) };
}
