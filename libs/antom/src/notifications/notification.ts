import { type KeyObject } from 'node:crypto';
import { type SignatureProblem } from '../signatures/index.js';
import { type AmountNews, type AttemptNews, type CaptureNews, type DisputeNews, type RefundNews } from './news.js';

/** A webhook call exactly as it arrived. */
export interface NotificationRequest {
  readonly method: string;
  /** The path that Antom called, with its query if there is one; behind a proxy the public one. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly rawBody: string | Uint8Array;
}

export interface NotificationTrust {
  readonly clientId: string;
  /** Antom's keys; more than one while a key is changed over. */
  readonly publicKeys: readonly KeyObject[];
}

export type ForgeryReason = SignatureProblem | 'no client id' | 'other client id' | 'no request time';

/** Whether Antom said it. `sentAt` is absent where the signed time is in no known form. */
export type NotificationVerdict =
  | { readonly kind: 'valid'; readonly keyVersion?: string; readonly requestTime: string; readonly sentAt?: Date }
  | { readonly kind: 'invalid'; readonly reason: ForgeryReason; readonly detail: string };

type Valid = Extract<NotificationVerdict, { kind: 'valid' }>;
type Invalid = Extract<NotificationVerdict, { kind: 'invalid' }>;

/** What a proven and readable notification says. `notifyType` is Antom's own word for it. */
export type Told =
  | { readonly kind: 'attempt'; readonly notifyType: string; readonly news: AttemptNews }
  | { readonly kind: 'refund'; readonly notifyType: string; readonly news: RefundNews }
  | { readonly kind: 'capture'; readonly notifyType: string; readonly news: CaptureNews }
  | { readonly kind: 'amount'; readonly notifyType: string; readonly news: AmountNews }
  | { readonly kind: 'dispute'; readonly notifyType: string; readonly news: DisputeNews }
  /** Of a kind that we do not know: acknowledge it and keep it visibly. */
  | { readonly kind: 'other'; readonly notifyType: string };

export type Notification =
  /** Not proven to come from Antom: keep it aside, answer with a failure, believe nothing. */
  | { readonly kind: 'unverified'; readonly verdict: Invalid }
  /** Antom's, but not as documented: to be kept for a person. */
  | { readonly kind: 'unreadable'; readonly verdict: Valid; readonly detail: string }
  | (Told & { readonly verdict: Valid });
