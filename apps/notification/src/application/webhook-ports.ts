import { type PaymentUpdate } from '../domain/payment-update.js';
import { type QuarantineSize } from '../domain/quarantine.js';
import { type RefundUpdate } from '../domain/refund-update.js';

/** A webhook as it arrived, byte for byte. */
export interface ReceivedWebhook {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly receivedAt: Date;
}

/** A webhook whose signature proves that Antom sent it. `other` is about nothing that is decided here. */
export type VerifiedWebhook =
  | { readonly kind: 'payment'; readonly update: PaymentUpdate }
  | { readonly kind: 'refund'; readonly update: RefundUpdate }
  | { readonly kind: 'other'; readonly about: string };

/** Its sender is unknown. It may name a payment all the same. */
export interface Unverified {
  readonly reason: string;
  readonly paymentRequestId?: string;
}

/** A webhook after its signature was checked. */
export type CheckedWebhook = VerifiedWebhook | ({ readonly kind: 'unverified' } & Unverified);

/** Checks the signature over the raw bytes, and only then reads them. Never throws. */
export type ReadWebhook = (webhook: ReceivedWebhook) => CheckedWebhook;

/** A verified webhook for the archive. */
export interface KeptWebhook {
  readonly webhook: ReceivedWebhook;
  readonly about: string;
  /** Of another deployment. */
  readonly foreign: boolean;
}

/** A verified webhook of another deployment, which changes nothing here. */
export interface ForeignItem {
  readonly about: string;
  readonly receivedAt: Date;
}

export interface Webhooks {
  keep(webhooks: readonly KeptWebhook[]): Promise<void>;
  /** The newest first. */
  foreign(limit: number): Promise<ForeignItem[]>;
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
  size(): Promise<QuarantineSize>;
  /** Headers and the body's hash always; the body where there is room. At most `most` are kept without one. */
  keep(webhook: ReceivedWebhook, reason: string, kept: { withBody: boolean; most: number }): Promise<void>;
  /** Removes what came before a moment. */
  forget(before: Date): Promise<void>;
  /** The newest first. */
  list(limit: number): Promise<QuarantineItem[]>;
  /** The next one with a body after a position, locked. */
  next(after: string): Promise<{ readonly position: string; readonly webhook: ReceivedWebhook } | undefined>;
  release(position: string): Promise<void>;
}
