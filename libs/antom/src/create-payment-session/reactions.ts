import { type Result } from '../results.js';

export type Reaction =
  | 'go on'
  | 'retry same id'
  | 'attempt failed'
  /** Somebody must look at our keys, client id or contract. */
  | 'configuration alarm'
  /** Somebody must look at our code. */
  | 'our bug';

export interface ReactionRule {
  readonly reaction: Reaction;
  /** Whether the code says for good that no session came of the call. A client or key that Antom does not know closes nothing. */
  readonly final: boolean;
  /** a: stated by Antom. b: inferred from how public integrations treat the code. */
  readonly confidence: 'a' | 'b';
}

const again = (confidence: 'a' | 'b'): ReactionRule => ({ reaction: 'retry same id', final: false, confidence });
const failed = (confidence: 'a' | 'b'): ReactionRule => ({ reaction: 'attempt failed', final: true, confidence });
const alarm = (confidence: 'a' | 'b', final = true): ReactionRule => ({
  reaction: 'configuration alarm',
  final,
  confidence,
});
const bug = (confidence: 'a' | 'b'): ReactionRule => ({ reaction: 'our bug', final: true, confidence });

/** What to do about each result code of createPaymentSession. */
export const createPaymentSessionReactions: ReadonlyMap<string, ReactionRule> = new Map<string, ReactionRule>([
  ['UNKNOWN_EXCEPTION', again('a')],
  ['REQUEST_TRAFFIC_EXCEED_LIMIT', again('b')],
  ['PAYMENT_IN_PROCESS', again('a')],
  ['PARAM_ILLEGAL', bug('a')],
  ['INVALID_PAYMENT_METHOD_META_DATA', bug('b')],
  ['REPEAT_REQ_INCONSISTENT', bug('a')],
  ['SIGNATURE_INVALID', alarm('b', false)],
  ['KEY_NOT_FOUND', alarm('b', false)],
  ['CLIENT_INVALID', alarm('a', false)],
  ['ACCESS_DENIED', alarm('a')],
  ['INVALID_CONTRACT', alarm('a')],
  ['SETTLE_CONTRACT_NOT_MATCH', alarm('b')],
  ['INVALID_MERCHANT_STATUS', alarm('b')],
  ['MERCHANT_KYB_NOT_QUALIFIED', alarm('b')],
  ['NO_PAY_OPTIONS', alarm('a')],
  ['PAYMENT_NOT_QUALIFIED', alarm('b')],
  ['CURRENCY_NOT_SUPPORT', alarm('a')],
  ['ORDER_IS_CLOSED', failed('b')],
  ['ORDER_IS_CANCELED', failed('a')],
  ['PAYMENT_AMOUNT_EXCEED_LIMIT', failed('b')],
  ['PAYMENT_COUNT_EXCEED_LIMIT', failed('b')],
  ['USER_AMOUNT_EXCEED_LIMIT', failed('a')],
  ['RISK_REJECT', failed('a')],
  ['PROCESS_FAIL', failed('a')],
]);

/** The rule for a result. S and U speak for themselves; an F with a code that is not in the table is a failure. */
export function reactionTo({ status, code }: Result): ReactionRule {
  if (status === 'S') return { reaction: 'go on', final: true, confidence: 'a' };
  if (status === 'U') return again('a');
  return createPaymentSessionReactions.get(code) ?? failed('b');
}
