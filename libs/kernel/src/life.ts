/** One arrow in the life of a thing. */
export interface Arrow<Status extends string> {
  readonly from: readonly Status[];
  readonly to: Status;
}

/** Every arrow of a life by the name of its step. An arrow that is not here does not exist. */
export type Life<Step extends string, Status extends string> = Readonly<Record<Step, Arrow<Status>>>;

export type Outcome<Thing> =
  | { readonly kind: 'moved' | 'repeated'; readonly thing: Thing }
  | { readonly kind: 'refused'; readonly thing: Thing; readonly reason: string };

/** Messages come at least once, so following an arrow twice is normal news, not an error. */
export function follow<Step extends string, Status extends string, Thing extends { readonly status: Status }>(
  life: Life<Step, Status>,
  step: Step,
  thing: Thing,
): Outcome<Thing> {
  const { from, to } = life[step];
  if (thing.status === to) return { kind: 'repeated', thing };
  if (!from.includes(thing.status))
    return { kind: 'refused', thing, reason: `${step} is no step from ${thing.status}` };
  return { kind: 'moved', thing: { ...thing, status: to } };
}
