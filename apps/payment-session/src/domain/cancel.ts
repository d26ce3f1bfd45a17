import { type DataOf, type PaymentSessionEvent } from '@kasir/contracts';

type Answered = DataOf<PaymentSessionEvent, 'CancelAnswered'>;
/** Why an attempt is cancelled. */
export type CancelCause = Answered['cause'];

/** The last cancel of an attempt. */
export interface Cancel {
  readonly cause: CancelCause;
  /** Undefined while Antom is being asked. */
  readonly answer?: Answered['answer'];
  /** The id of the attempt's CancelStarted; none where its way of paying has no cancel. */
  readonly startedId?: string;
}

/** What came of a cancel, and what was learnt of the payment on the way. */
export interface CancelEnd {
  readonly answer: Answered['answer'];
  readonly code: string;
  readonly message: string;
  /** Antom answered that there is no payment: the buyer has not used the session. */
  readonly unused: boolean;
}

/** After so many rounds without an answer that decides, Antom is asked no more. Source: Antom's sample and its cancel page. */
export const mostCancelRounds = 3;

/** When the next round begins, after so many: 1, 2, 4 seconds later. */
export const nextCancelAt = (now: Date, rounds: number): Date =>
  new Date(now.getTime() + 1000 * 2 ** Math.max(0, rounds - 1));

/** How soon the broker has usually acknowledged a CancelStarted, before which no cancel is sent; in milliseconds. */
export const acknowledgedWithinMs = 50;
