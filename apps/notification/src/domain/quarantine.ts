/** How much of what cannot be verified is kept whole. */
export interface QuarantineLimits {
  readonly rows: number;
  /** Of all bodies together. */
  readonly bytes: number;
}

/** What the quarantine holds. */
export interface QuarantineSize {
  /** Webhooks that were kept with their bodies. */
  readonly rows: number;
  readonly bytes: number;
  /** Whether the last one was kept without its body. */
  readonly isFull: boolean;
}

const day = 24 * 60 * 60_000;
/** Antom sends a notification again for a day; a month later no key is added for one. */
const keptMs = 30 * day;

export const hasRoom = ({ rows, bytes }: QuarantineSize, limits: QuarantineLimits, more: number): boolean =>
  rows < limits.rows && bytes + more <= limits.bytes;

/** What came before this moment makes room for what comes. */
export const keptSince = (now: Date): Date => new Date(now.getTime() - keptMs);
