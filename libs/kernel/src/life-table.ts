import { follow, type Life, type Outcome } from './life.js';

/** A life as it can be printed: where it begins, every arrow, and why nothing else leads out of a status. */
export interface LifeTable<Step extends string, Status extends string> {
  readonly first: readonly Status[];
  readonly arrows: Life<Step, Status>;
  /** Why a step that has no arrow from here is refused. */
  readonly why: Readonly<Record<Status, string>>;
}

/** Follows an arrow; a step that has none is refused with the reason of the table. */
export function walk<Step extends string, Status extends string, Thing extends { readonly status: Status }>(
  { arrows, why }: LifeTable<Step, Status>,
  step: Step,
  thing: Thing,
): Outcome<Thing> {
  const outcome = follow(arrows, step, thing);
  return outcome.kind === 'refused' ? { ...outcome, reason: `${outcome.reason}: ${why[thing.status]}` } : outcome;
}
