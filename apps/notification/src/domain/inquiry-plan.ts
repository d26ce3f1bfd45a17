const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** When to ask Antom about a payment or a refund next. */
export interface InquiryPlan {
  readonly dueAt: Date;
  /** Questions asked in the background so far; the pauses grow with it. */
  readonly asked: number;
  /** Until then the buyer looks at the screen, and the questions follow each other quickly. */
  readonly hurryUntil: Date | null;
  /** How often somebody had reason to ask sooner. A question under way when that happens may have been asked too early. */
  readonly hurries: number;
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

export const firstPlan = (now: Date): InquiryPlan => ({
  dueAt: after(now, firstPauseMs),
  asked: 0,
  hurryUntil: null,
  hurries: 0,
});

/** Somebody has reason to believe that Antom knows more than we do: ask at once. */
export const atOnce = (plan: InquiryPlan, now: Date): InquiryPlan => ({
  ...plan,
  dueAt: earlier(plan.dueAt, now),
  hurries: plan.hurries + 1,
});

/** The buyer is back from the bank: ask at once, and again every few seconds for a minute. */
export const hurried = (plan: InquiryPlan, now: Date): InquiryPlan => ({
  ...atOnce(plan, now),
  hurryUntil: after(now, hurryMs),
});

/** Whether nobody waits any longer for an answer to something that began at `since`. */
export const isOutOfPatience = (since: Date, now: Date): boolean => now >= after(since, patienceMs);

/**
 * The plan after a question that decided nothing, or undefined when patience has ended.
 * Pauses double up to an hour; the end is never slept through, and after it questions are asked for a week.
 * @param plan as it stands now
 * @param asked as it stood when the question was asked
 * @param endsAt after this moment an answer can end what is asked about
 */
export function nextPlan(plan: InquiryPlan, asked: InquiryPlan, endsAt: Date, now: Date): InquiryPlan | undefined {
  const soon = after(now, hurriedPauseMs);
  const buyerLooksOn = plan.hurryUntil !== null && soon <= plan.hurryUntil;
  if (buyerLooksOn || plan.hurries > asked.hurries) return { ...plan, dueAt: soon };
  if (isOutOfPatience(endsAt, now)) return undefined;
  const pauseMs = Math.min(firstPauseMs * 2 ** plan.asked, longestPauseMs);
  const dueAt = after(now, pauseMs);
  return {
    ...plan,
    dueAt: now < endsAt ? earlier(dueAt, endsAt) : dueAt,
    asked: plan.asked + 1,
    hurryUntil: null,
  };
}

/** The plan after a question that was never sent: it counts for nothing. */
export const postponed = (plan: InquiryPlan, now: Date, byMs: number): InquiryPlan => ({
  ...plan,
  dueAt: after(now, Math.max(byMs, second)),
});
