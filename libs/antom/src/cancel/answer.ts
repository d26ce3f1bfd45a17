import { z } from 'zod';
import { type Answer } from '../http/answer.js';
import { type Reaction } from '../reactions/reaction.js';
import { maybeText, maybeTime, present } from '../reading/fields.js';
import { judge, type Unsure } from '../reading/judge.js';
import { aboutAnother } from '../reading/same-thing.js';
import { type PaymentReference } from '../requests/references.js';
import { type Result } from '../results.js';

/** After so many tries without an answer Antom wants to be asked by a person. Source: Antom's sample and its cancel page. */
export const mostCancelTries = 3;

export type CancelRefusal =
  /** Perhaps not yet: before the shopper confirms there may be no payment. Its session is not cancelled. */
  | 'no such payment'
  /** The payment has moved on: inquire. */
  | 'wrong status'
  /** The payment is paid for too long: refund it where its method can, else a person decides. */
  | 'window over'
  /** Also of a payment that was refunded. */
  | 'not possible'
  | 'other';

/** What came of the wish to cancel, in our own words. */
export type CancelAnswer =
  /** The shopper can no longer pay. Should money come all the same, Antom gives it back. */
  | {
      readonly kind: 'cancelled';
      readonly paymentId?: string;
      readonly paymentRequestId?: string;
      readonly cancelledAt?: Date;
    }
  /** Not cancelled by this call; how the payment stands only an inquiry knows. */
  | {
      readonly kind: 'refused';
      readonly why: CancelRefusal;
      readonly code: string;
      readonly message: string;
      readonly reaction: Reaction;
    }
  /** It may be cancelled: send the same bytes again, at most {@link mostCancelTries} times. */
  | Unsure;

const whys: ReadonlyMap<string, CancelRefusal> = new Map<string, CancelRefusal>([
  ['ORDER_NOT_EXIST', 'no such payment'],
  ['ORDER_STATUS_INVALID', 'wrong status'],
  ['CANCEL_WINDOW_EXCEED', 'window over'],
  ['PROCESS_FAIL', 'not possible'],
]);

const Said = z.looseObject({ paymentId: maybeText, paymentRequestId: maybeText, cancelTime: maybeTime });

/** Puts Antom's answer to cancel into our words. */
export function readCancelAnswer(answer: Answer, asked: PaymentReference): CancelAnswer {
  const judged = judge('cancel', answer);
  if (judged.kind === 'unknown') return judged;
  const { result, rule, body } = judged;
  if (result.status !== 'S') return refused(result, rule.reaction);
  const other = aboutAnother('cancel', asked, body);
  if (other !== undefined) return other;
  const { paymentId, paymentRequestId, cancelTime: cancelledAt } = Said.parse(body);
  return { kind: 'cancelled', ...present({ paymentId, paymentRequestId, cancelledAt }) };
}

const refused = ({ code, message }: Result, reaction: Reaction): CancelAnswer => ({
  kind: 'refused',
  why: whys.get(code) ?? 'other',
  code,
  message,
  reaction,
});
