type Linked = Error & {
  readonly code?: unknown;
  readonly type?: unknown;
  readonly driverError?: unknown;
  readonly errors?: unknown;
};

const deepest = 10;

/** An error and everything it says it comes from, outermost first: `cause`, a driver's own error, the members of an aggregate. */
export function* causesOf(error: unknown, depth = 0): Generator<Linked> {
  if (!(error instanceof Error) || depth > deepest) return;
  const linked: Linked = error;
  yield linked;
  yield* causesOf(linked.cause, depth + 1);
  yield* causesOf(linked.driverError, depth + 1);
  if (Array.isArray(linked.errors)) for (const member of linked.errors) yield* causesOf(member, depth + 1);
}
