import { type Result } from '../results.js';

/** A request whose bytes are final: stored once, sent as often as needed. */
export interface FrozenRequest {
  /** As in Antom's reference, without the sandbox's prefix. */
  readonly path: string;
  readonly body: string;
}

export type UnknownReason =
  | 'connection failed'
  | 'time-out'
  | 'answer too long'
  | 'http status'
  | 'unreadable'
  | 'unsigned success'
  | 'half signed'
  | 'bad signature'
  /** The breaker is open: the last calls found Antom down. */
  | 'unavailable'
  /** Too many calls wait before ours. */
  | 'too busy';

/** What came of one call. Only `answered` may decide anything. */
export type Answer =
  /** Signed by Antom. */
  | { readonly kind: 'answered'; readonly result: Result; readonly body: Readonly<Record<string, unknown>> }
  /** F or U without a signature: our key or client id is probably wrong. It closes nothing. */
  | { readonly kind: 'unverified'; readonly result: Result }
  /** Nobody can say whether Antom acted. */
  | {
      readonly kind: 'unknown';
      readonly reason: UnknownReason;
      readonly detail: string;
      /** False when it is certain that nothing reached Antom; otherwise nobody knows. */
      readonly sent?: false;
      /** When a next try may be worth it, in milliseconds. */
      readonly retryAfterMs?: number;
      /** Of HTTP, where that is the reason. */
      readonly status?: number;
    };

/** The way to Antom: sends a frozen request once. */
export interface Antom {
  /** Never rejects: what fails is an answer too. */
  send(request: FrozenRequest): Promise<Answer>;
  /** Waits for calls under way, at most so many milliseconds. What is cut off is unknown. */
  close(graceMs?: number): Promise<void>;
}
