/** A verified update that lacks the event by which it can be judged. */
export interface Unmatched<Update> {
  readonly update: Update;
  readonly since: string;
}

const most = 20;

/** Keeps an update once. Where there are too many, one that brought no money goes: an inquiry finds it again. */
export function withUnmatched<Update extends { readonly kind: string }>(
  kept: readonly Unmatched<Update>[],
  update: Update,
  now: Date,
): readonly Unmatched<Update>[] {
  if (kept.some((known) => canonical(known.update) === canonical(update))) return kept;
  const all = [...kept, { update, since: now.toISOString() }];
  if (all.length <= most) return all;
  const dispensable = all.findIndex((each) => each.update.kind !== 'succeeded');
  return all.toSpliced(dispensable === -1 ? most : dispensable, 1);
}

/** The same text for the same content, in whatever order a database gives it back. */
const canonical = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? JSON.stringify(
        Object.entries(value)
          .map(([name, part]) => [name, canonical(part)])
          .sort(),
      )
    : String(value);
