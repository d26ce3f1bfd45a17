const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** When to ask Antom about a payment next. */
export interface InquiryPlan {
  readonly dueAt: Date;
  /** Questions asked in the background so far; the pauses grow with it. */
  readonly asked: number;
  /** Until then the buyer looks at the screen, and the questions follow each other quickly. */
  readonly hurryUntil: Date | null;
}

/** Antom tells of a payment within seconds; five minutes of silence are a reason to ask. Source: Antom, inquiry after 5 minutes. */
const firstPauseMs = 5 * minute;
const longestPauseMs = hour;
/** Antom advises 3 to 5 seconds while the buyer waits. */
const hurriedPauseMs = 4 * second;
const hurryMs = minute;
/** Some payments take up to seven days to be confirmed. Source: Antom, payment status PENDING. */
const patienceMs = 7 * 24 * hour;

const after = (moment: Date, ms: number): Date => new Date(moment.getTime() + ms);
const earlier = (a: Date, b: Date): Date => (a < b ? a : b);

export const firstPlan = (now: Date): InquiryPlan => ({ dueAt: after(now, firstPauseMs), asked: 0, hurryUntil: null });

/** The buyer is back from the bank: ask at once, and again every few seconds for a minute. */
export const hurried = (plan: InquiryPlan, now: Date): InquiryPlan => ({
  ...plan,
  dueAt: earlier(plan.dueAt, now),
  hurryUntil: after(now, hurryMs),
});

/**
 * The plan after a question that decided nothing, or undefined when patience has ended.
 * Pauses double up to an hour; the end of the attempt is never slept through, and after it one question an hour is asked for a week.
 */
export function nextPlan({ asked, hurryUntil }: InquiryPlan, endsAt: Date, now: Date): InquiryPlan | undefined {
  if (hurryUntil !== null && after(now, hurriedPauseMs) <= hurryUntil)
    return { dueAt: after(now, hurriedPauseMs), asked, hurryUntil };
  if (now >= after(endsAt, patienceMs)) return undefined;
  const pauseMs = now >= endsAt ? longestPauseMs : Math.min(firstPauseMs * 2 ** asked, longestPauseMs);
  const dueAt = after(now, pauseMs);
  return { dueAt: now < endsAt ? earlier(dueAt, endsAt) : dueAt, asked: asked + 1, hurryUntil: null };
}
