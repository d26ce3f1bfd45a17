import { type OtherAmount } from './other-amount.js';
import { type Fault } from '../faults.js';
import { type Mischief } from '../state/letter.js';

/** What a rule may say besides its name, each with what it means where the name does not. */
export interface ScenarioDetails {
  /** A result code of Antom. */
  readonly code?: string;
  /** How long something takes, in milliseconds. */
  readonly afterMs?: number;
  /** How many deliveries it spoils; `all` where left out for `lost_notify`, else 1. */
  readonly deliveries?: number | 'all';
  /** How often a notification comes in one moment, besides the first. */
  readonly copies?: number;
  /** An amount in minor units that is not the one asked for. */
  readonly value?: string;
  readonly clientId?: string;
  /** The call that goes wrong, such as `cancel`. */
  readonly call?: string;
}

/** How the bank answers the buyer, whatever the buyer wanted. */
export type BankWord =
  | {
      readonly word: 'pays';
      readonly also?: 'its siblings' | 'a second time';
      /** Another amount than was asked for. A payment of which it can't be is passed by. */
      readonly other?: OtherAmount;
    }
  | { readonly word: 'refuses'; readonly code: string }
  | {
      readonly word: 'is undecided';
      readonly afterMs: number;
      readonly then: 'paid' | 'refused';
      readonly code: string;
      readonly overtaken?: boolean;
    }
  | { readonly word: 'says nothing' };

/** What is wrong with the news of a decision. */
export interface NewsFault {
  readonly mischief?: Mischief;
  /** Waits so many milliseconds. */
  readonly lateMs?: number;
  /** Says another amount; one unit more where no value is given. */
  readonly wrongAmount?: { readonly value?: string };
  /** Comes together with news of a payment that nobody knows. */
  readonly withStranger?: boolean;
}

/** What the pages do that a buyer of this payment sees. */
export type PageFault =
  'app not installed' | 'no return' | 'return in other browser' | 'closed popup' | 'session expired' | 'gateway error';

/** What a scenario does, by the moment at which it does it. */
export interface Stages {
  readonly bank: BankWord;
  readonly news: NewsFault;
  readonly call: Fault;
  readonly opened: 'pay at once';
  readonly inquiry: 'stale' | 'not found';
  readonly cancel: { readonly chargedAfterMs: number };
  readonly refund: 'fails';
  readonly page: PageFault;
}

export type Stage = keyof Stages;

export type Scenario = {
  [Name in Stage]: {
    readonly stage: Name;
    readonly about: string;
    readonly does: (details: ScenarioDetails) => Stages[Name];
  };
}[Stage];
