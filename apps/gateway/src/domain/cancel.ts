export type CancelAnswer = 'cancelled' | 'refused' | 'unanswered' | 'impossible';

/** What became of cancelling a session: no state of its own, because the session ends by other events. */
export interface Cancel {
  readonly requestedAt: Date | null;
  /** Antom's latest answer since then; a new choice or the end of the order cancels without a request, too. */
  readonly answer: CancelAnswer | null;
  /** Why it is so, for a person. */
  readonly reason: string | null;
}

export const noCancel: Cancel = { requestedAt: null, answer: null, reason: null };

export const cancelStatus = ({ requestedAt, answer }: Cancel): CancelAnswer | 'requested' | undefined =>
  answer ?? (requestedAt === null ? undefined : 'requested');

/** Whether it is worth asking Antom: once until it has answered, and again where it refused or stayed silent. */
export const mayRequestCancel = (cancel: Cancel): boolean =>
  [undefined, 'refused', 'unanswered'].includes(cancelStatus(cancel));

export const requestCancel = (at: Date): Cancel => ({ requestedAt: at, answer: null, reason: null });

/** Nothing follows a cancel that Antom has confirmed. */
export const answerCancel = (cancel: Cancel, answer: CancelAnswer, reason: string | null = null): Cancel =>
  cancel.answer === 'cancelled' ? cancel : { ...cancel, answer, reason };

/** The session is cancelled; that is an answer only where there was something to answer. */
export const confirmCancel = (cancel: Cancel): Cancel =>
  cancelStatus(cancel) === undefined ? cancel : answerCancel(cancel, 'cancelled');
