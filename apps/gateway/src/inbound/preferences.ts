const defaultWaitMs = 10_000;
const longestWaitMs = 30_000;

export interface Wait {
  readonly ms: number;
  /** For Preference-Applied; undefined where the caller had no wish. */
  readonly applied: string | undefined;
}

/** How long the caller wants to wait for the answer (RFC 7240): `wait=N` in seconds, 10 unless given, 30 at most. */
export function waitOf(prefer: string | undefined): Wait {
  const [, seconds] = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:[,;]|$)/i.exec(prefer ?? '') ?? [];
  if (seconds === undefined) return { ms: defaultWaitMs, applied: undefined };
  const ms = Math.min(Number(seconds) * 1000, longestWaitMs);
  return { ms, applied: `wait=${ms / 1000}` };
}
