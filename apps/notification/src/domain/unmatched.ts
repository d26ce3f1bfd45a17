import { isDeepStrictEqual } from 'node:util';

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
  if (kept.some((known) => isDeepStrictEqual(known.update, update))) return kept;
  const all = [...kept, { update, since: now.toISOString() }];
  if (all.length <= most) return all;
  const dispensable = all.findIndex((each) => each.update.kind !== 'succeeded');
  return all.toSpliced(dispensable === -1 ? most : dispensable, 1);
}
