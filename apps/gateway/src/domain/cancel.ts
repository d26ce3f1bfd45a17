import { follow, type Life, type Outcome } from '@kasir/kernel';

export type CancelStatus = 'none' | 'requested' | 'cancelled' | 'refused' | 'unanswered' | 'impossible';
export type CancelStep = 'request' | 'confirm' | 'refuse' | 'giveUp' | 'ruleOut';

/**
 * What became of the wish to cancel a session. Nobody needs to have wished: a new choice or the end of the order cancels,
 * too. Where Antom refused or stayed silent somebody may wish again; a way of paying without a cancel never gets one.
 */
export const cancelLife: Life<CancelStep, CancelStatus> = {
  request: { from: ['none', 'refused', 'unanswered'], to: 'requested' },
  confirm: { from: ['none', 'requested', 'refused', 'unanswered', 'impossible'], to: 'cancelled' },
  refuse: { from: ['none', 'requested', 'unanswered', 'impossible'], to: 'refused' },
  giveUp: { from: ['none', 'requested', 'refused', 'impossible'], to: 'unanswered' },
  ruleOut: { from: ['none', 'requested', 'refused', 'unanswered'], to: 'impossible' },
};

export interface Cancel {
  readonly status: CancelStatus;
  /** Why it is so, for a person. */
  readonly reason: string | null;
}

export const noCancel: Cancel = { status: 'none', reason: null };

/** Follows a step and keeps its reason, unless the step is refused. */
export function advanceCancel(cancel: Cancel, step: CancelStep, reason: string | null = null): Outcome<Cancel> {
  const outcome = follow(cancelLife, step, cancel);
  return outcome.kind === 'moved' ? { ...outcome, thing: { ...outcome.thing, reason } } : outcome;
}
