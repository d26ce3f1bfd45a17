import { type Answer, type UnknownReason } from '../http/answer.js';
import { type Reaction, type ReactionRule } from '../reactions/reaction.js';
import { reactionTo } from '../reactions/reaction-to.js';
import { type Call } from '../requests/calls.js';
import { type Result } from '../results.js';
import { present } from './fields.js';

/** Nothing was learnt that decides. What to do next is in `reaction`; an alarm wants a person as well. */
export interface Unsure {
  readonly kind: 'unknown';
  readonly reason: UnknownReason | 'undecided' | 'unverified' | 'about another';
  readonly detail: string;
  readonly reaction: Reaction;
  readonly alarm: boolean;
  /** False when it is certain that nothing reached Antom: the call counts for nothing. */
  readonly sent?: false;
  /** When a next try may be worth it, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** Antom has spoken under its signature, and it decides the call. */
export interface Decided {
  readonly kind: 'decided';
  readonly result: Result;
  readonly rule: ReactionRule;
  readonly body: Readonly<Record<string, unknown>>;
}

/** How to go on when nobody knows what came of a call: a change is repeated as it was, a question is asked again. */
const afterSilence: Readonly<Record<Call, Reaction>> = {
  createPaymentSession: 'retry same id',
  cancel: 'retry same id',
  refund: 'retry same id',
  inquiryPayment: 'inquire',
  inquiryRefund: 'inquire',
  consult: 'inquire',
};

/** Separates what decides from what does not: unsigned, unanswered and U decide nothing. */
export function judge(call: Call, answer: Answer): Decided | Unsure {
  if (answer.kind === 'unknown') {
    const { reason, detail, sent, retryAfterMs } = answer;
    return {
      ...unsure(call, reason, detail, { alarm: reason === 'bad signature' }),
      ...present({ sent, retryAfterMs }),
    };
  }
  const { code, message } = answer.result;
  const said = `${code}: ${message}`;
  if (answer.kind === 'unverified')
    return unsure(call, 'unverified', said, { alarm: true, reaction: 'configuration alarm' });
  const rule = reactionTo(call, answer.result);
  if (!rule.final)
    return unsure(call, 'undecided', said, {
      alarm: ['configuration alarm', 'our bug', 'ask a person'].includes(rule.reaction),
      reaction: rule.reaction,
    });
  return { kind: 'decided', result: answer.result, rule, body: answer.body };
}

export const unsure = (
  call: Call,
  reason: Unsure['reason'],
  detail: string,
  { alarm = false, reaction = afterSilence[call] }: Partial<Pick<Unsure, 'alarm' | 'reaction'>> = {},
): Unsure => ({ kind: 'unknown', reason, detail, reaction, alarm });
