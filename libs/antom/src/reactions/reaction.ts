import { type Call } from '../requests/calls.js';

export type Reaction =
  | 'go on'
  /** Send the same bytes once more. */
  | 'retry same id'
  /** Ask Antom how it stands, now or later. */
  | 'inquire'
  | 'attempt failed'
  /** Somebody must look at our keys, client id or contract. */
  | 'configuration alarm'
  /** Somebody must look at our code. */
  | 'our bug'
  /** Somebody must decide about this one payment or refund. */
  | 'ask a person';

/** Where a code is met: in the answer to a call, or as the result of a payment in an inquiry or a notification. */
export type Place = Call | 'payment result';

export interface ReactionRule {
  readonly reaction: Reaction;
  /** Whether the code settles the call: it did what was asked, or it did not and never will. */
  readonly final: boolean;
  /** a: stated by Antom. b: inferred from how public integrations treat the code. */
  readonly confidence: 'a' | 'b';
}

/** A rule with its reasons, as it is printed. */
export interface ReactionRow extends ReactionRule {
  readonly place: Place;
  readonly code: string;
  readonly status: 'S' | 'F' | 'U';
  readonly source: string;
  readonly note?: string;
}
