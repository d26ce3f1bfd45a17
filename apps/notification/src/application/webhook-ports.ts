import { type PaymentNews } from '../domain/payment-news.js';
import { type QuarantineTally } from '../domain/quarantine.js';
import { type RefundNews } from '../domain/watched-refund.js';

/** A webhook as it arrived, byte for byte. */
export interface ReceivedWebhook {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly receivedAt: Date;
}

/** A webhook whose signature proves that Antom sent it. `other` speaks of nothing that we decide about. */
export type VerifiedWebhook =
  | { readonly kind: 'payment'; readonly news: PaymentNews }
  | { readonly kind: 'refund'; readonly news: RefundNews }
  | { readonly kind: 'other'; readonly about: string };

/** A webhook after its signature was checked. */
export type CheckedWebhook =
  | VerifiedWebhook
  /** Nobody knows who sent it. It may name a payment all the same. */
  | { readonly kind: 'unverified'; readonly reason: string; readonly rumourOf?: string };

/** Checks the signature over the raw bytes, and only then reads them. Never throws. */
export type ReadWebhook = (webhook: ReceivedWebhook) => CheckedWebhook;

/** A verified webhook for the archive. */
export interface KeptWebhook {
  readonly webhook: ReceivedWebhook;
  readonly about: string;
  /** Of another deployment. */
  readonly foreign: boolean;
}

export interface Webhooks {
  keep(webhooks: readonly KeptWebhook[]): Promise<void>;
}

/** One of the unverified, as a person sees it. */
export interface QuarantineItem {
  readonly position: string;
  readonly receivedAt: Date;
  readonly reason: string;
  readonly path: string;
  readonly sha256: string;
  /** Of its body, or null where the quarantine was full. */
  readonly bytes: number | null;
}

/** What could not be verified, apart from everything that is believed. */
export interface Quarantine {
  /** The tally, without a lock. */
  glance(): Promise<QuarantineTally>;
  /** Locks the tally until the transaction ends. */
  tally(): Promise<QuarantineTally>;
  setTally(tally: QuarantineTally): Promise<void>;
  /** Headers and the body's hash always; the body where there is room. At most `most` are kept without one. */
  keep(webhook: ReceivedWebhook, reason: string, kept: { withBody: boolean; most: number }): Promise<void>;
  /** Removes what came before a moment. @returns what that frees */
  forget(before: Date): Promise<{ readonly rows: number; readonly bytes: number }>;
  /** The newest first. */
  list(limit: number): Promise<QuarantineItem[]>;
  /** The next one with a body after a position, locked. */
  next(after: string): Promise<{ readonly position: string; readonly webhook: ReceivedWebhook } | undefined>;
  release(position: string): Promise<void>;
}
