import { type DataOf, type PaymentSessionEvent } from '@kasir/contracts';
import { type LifeTable, type Outcome, walk } from '@kasir/kernel';

type Answered = DataOf<PaymentSessionEvent, 'CancelAnswered'>;
/** Who or what wants an attempt cancelled. */
export type CancelCause = Answered['cause'];
export type CancelStatus = 'wanted' | Answered['answer'];

const arrows = {
  confirm: { from: ['wanted'], to: 'cancelled' },
  refuse: { from: ['wanted'], to: 'refused' },
  giveUp: { from: ['wanted'], to: 'unanswered' },
  exclude: { from: ['wanted'], to: 'impossible' },
  wantAgain: { from: ['refused', 'unanswered', 'impossible'], to: 'wanted' },
} as const;

export type CancelStep = keyof typeof arrows;

/** The wish to cancel one attempt. A new reason makes a new try of it, as long as Antom has not answered S. */
export const cancelLife: LifeTable<CancelStep, CancelStatus> = {
  first: ['wanted'],
  arrows,
  why: {
    wanted: 'Antom is being asked',
    cancelled: 'Antom answered S, and nothing is stronger',
    refused: 'Antom has answered',
    unanswered: 'Antom was asked often enough',
    impossible: 'the way of paying has no cancel',
  },
};

export interface CancelJob {
  readonly paymentSessionId: string;
  readonly orderId: string;
  readonly cause: CancelCause;
  readonly status: CancelStatus;
}

export const advanceCancel = (job: CancelJob, step: CancelStep): Outcome<CancelJob> =>
  walk<CancelStep, CancelStatus, CancelJob>(cancelLife, step, job);

/** What came of a wish to cancel, and what was learnt of the payment on the way. */
export interface CancelEnd {
  readonly answer: Answered['answer'];
  readonly code: string;
  readonly message: string;
  /** Antom answered that there is no payment: the buyer has not used the session. */
  readonly unused: boolean;
}

export const stepTo: Readonly<Record<CancelEnd['answer'], CancelStep>> = {
  cancelled: 'confirm',
  refused: 'refuse',
  unanswered: 'giveUp',
  impossible: 'exclude',
};

/** After so many rounds without an answer that decides nobody is asked any more. Source: Antom's sample and its cancel page. */
export const mostCancelTries = 3;

/** When the next round begins, after so many: 1, 2, 4 seconds later. */
export const nextCancelAt = (now: Date, tries: number): Date =>
  new Date(now.getTime() + 1000 * 2 ** Math.max(0, tries - 1));
