import { type Result } from '../results.js';
import { type Place, type ReactionRule } from './reaction.js';
import { reactionRows } from './rows.js';

const goOn: ReactionRule = { reaction: 'go on', final: true, confidence: 'a' };

/** Of U, whatever its code: a change is repeated as it was, a question is asked again. */
export const undecided: Readonly<Record<Place, ReactionRule>> = {
  createPaymentSession: { reaction: 'retry same id', final: false, confidence: 'a' },
  cancel: { reaction: 'retry same id', final: false, confidence: 'a' },
  refund: { reaction: 'retry same id', final: false, confidence: 'a' },
  inquiryPayment: { reaction: 'inquire', final: false, confidence: 'a' },
  inquiryRefund: { reaction: 'inquire', final: false, confidence: 'a' },
  consult: { reaction: 'inquire', final: false, confidence: 'a' },
  'payment result': { reaction: 'inquire', final: false, confidence: 'a' },
};

/** Of F with a code that is in no table. A question that was refused has told us nothing. */
export const unlisted: Readonly<Record<Place, ReactionRule>> = {
  createPaymentSession: { reaction: 'attempt failed', final: true, confidence: 'b' },
  cancel: { reaction: 'inquire', final: true, confidence: 'b' },
  refund: { reaction: 'ask a person', final: true, confidence: 'b' },
  inquiryPayment: { reaction: 'ask a person', final: false, confidence: 'b' },
  inquiryRefund: { reaction: 'ask a person', final: false, confidence: 'b' },
  consult: { reaction: 'ask a person', final: false, confidence: 'b' },
  'payment result': { reaction: 'attempt failed', final: true, confidence: 'b' },
};

const keyOf = (place: Place, code: string): string => `${place} ${code}`;

const rules: ReadonlyMap<string, ReactionRule> = new Map(
  reactionRows.map(({ place, code, reaction, final, confidence }) => [
    keyOf(place, code),
    { reaction, final, confidence },
  ]),
);

/** The rule for a result, in the place where it is met. S and U speak for themselves. */
export function reactionTo(place: Place, { status, code }: Result): ReactionRule {
  if (status === 'S') return goOn;
  if (status === 'U') return undecided[place];
  return rules.get(keyOf(place, code)) ?? unlisted[place];
}
