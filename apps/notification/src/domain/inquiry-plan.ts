const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** When to ask Antom about a payment or a refund next. */
export interface InquiryPlan {
  readonly dueAt: Date;
  /** Inquiries made in the background so far; the pauses grow with it. */
  readonly asked: number;
  /** Until then the buyer looks at the screen, and inquiries follow each other quickly. */
  readonly hurryUntil: Date | null;
  /** How often there was reason to ask sooner. An inquiry under way when that happens may have been made too early. */
  readonly hurries: number;
}

/** Something that is inquired about, by one instance at a time. */
export interface Inquired {
  /** Null where nothing is left to be asked. */
  readonly plan: InquiryPlan | null;
  readonly lease: { readonly version: number; readonly until: Date | null };
}

export const neverInquired: Inquired = { plan: null, lease: { version: 0, until: null } };

/** Antom notifies within seconds; five minutes of silence are a reason to ask. Source: Antom, inquiry after 5 minutes. */
const firstPauseMs = 5 * minute;
const longestPauseMs = hour;
/** Antom advises 3 to 5 seconds while the buyer waits. */
const hurriedPauseMs = 4 * second;
const hurryMs = minute;
/** How often a session is inquired about that should bring no money any more, as long as it can be paid. */
export const closePauseMs = 15 * second;
/** Some payments take up to seven days to be confirmed. Source: Antom, payment status PENDING. */
const patienceMs = 7 * 24 * hour;

export const after = (moment: Date, ms: number): Date => new Date(moment.getTime() + ms);
const earlier = (a: Date, b: Date): Date => (a < b ? a : b);

export const firstPlan = (now: Date): InquiryPlan => ({
  dueAt: after(now, firstPauseMs),
  asked: 0,
  hurryUntil: null,
  hurries: 0,
});

/** Antom may know more than we do: ask at once. */
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

/** Asks within the pause of sessions that should bring no money any more. */
export const within = (plan: InquiryPlan, now: Date): InquiryPlan => ({
  ...plan,
  dueAt: earlier(plan.dueAt, after(now, closePauseMs)),
});

/** Whether an answer to something that began at `since` is no longer waited for. */
export const isOutOfPatience = (since: Date, now: Date): boolean => now >= after(since, patienceMs);

export interface Horizon {
  /** After this moment an answer can end what is asked about. */
  readonly endsAt: Date;
  /** Until then it is asked about every 15 seconds. */
  readonly closeUntil?: Date | undefined;
}

/**
 * The plan after an inquiry that decided nothing, or undefined when patience has ended.
 * Pauses double up to an hour; the end is never slept through, and after it inquiries go on for a week.
 * @param plan as it stands now
 * @param before as it stood when the inquiry was made
 */
export function nextPlan(
  plan: InquiryPlan,
  before: InquiryPlan | null,
  { endsAt, closeUntil }: Horizon,
  now: Date,
): InquiryPlan | undefined {
  const soon = after(now, hurriedPauseMs);
  const buyerLooksOn = plan.hurryUntil !== null && soon <= plan.hurryUntil;
  if (buyerLooksOn || plan.hurries > (before?.hurries ?? 0)) return { ...plan, dueAt: soon };
  if (closeUntil !== undefined && now < closeUntil)
    return { ...plan, dueAt: earlier(after(now, closePauseMs), closeUntil) };
  if (isOutOfPatience(endsAt, now)) return undefined;
  const dueAt = after(now, Math.min(firstPauseMs * 2 ** plan.asked, longestPauseMs));
  return {
    ...plan,
    dueAt: now < endsAt ? earlier(dueAt, endsAt) : dueAt,
    asked: plan.asked + 1,
    hurryUntil: null,
  };
}

/** The plan after an inquiry that was never sent: it counts for nothing. */
export const postponed = (plan: InquiryPlan, now: Date, byMs: number): InquiryPlan => ({
  ...plan,
  dueAt: after(now, Math.max(byMs, second)),
});

/** An inquiry under way stays under way, unless nothing was left to be asked meanwhile: then its answer comes too late. */
export const planned = <Thing extends Inquired>(thing: Thing, plan: InquiryPlan): Thing =>
  thing.plan === null
    ? { ...thing, plan, lease: { version: thing.lease.version + 1, until: null } }
    : { ...thing, plan };

/** Plans an inquiry for this moment, also where none was planned. */
export const askedAtOnce = <Thing extends Inquired>(thing: Thing, now: Date): Thing =>
  planned(thing, atOnce(thing.plan ?? firstPlan(now), now));

/** The end of an inquiry: gives the lease back. */
export const goneOn = <Thing extends Inquired>(thing: Thing, plan: InquiryPlan | null): Thing => ({
  ...thing,
  plan,
  lease: { ...thing.lease, until: null },
});

/** Whether an inquiry that was made under a lease may still be recorded. */
export const holds = (thing: Inquired, asked: Inquired): boolean =>
  thing.plan !== null && thing.lease.version === asked.lease.version;
