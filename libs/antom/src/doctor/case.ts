import { type KeyObject } from 'node:crypto';

/** A key with the name by which a person knows it. */
export interface NamedKey {
  readonly name: string;
  readonly key: KeyObject;
}

/** A call whose signature is doubted, exactly as our server saw it. */
export interface SuspectCall {
  readonly method: string;
  /** A path with its query, or a whole URL. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly rawBody: Uint8Array;
}

/** What it is held against, and what may help to explain it. */
export interface Expectation {
  readonly clientId: string;
  /** Antom's keys that we trust. */
  readonly publicKeys: readonly NamedKey[];
  /** Keys that may have been mixed up with them: of the other environment, an older one. */
  readonly otherKeys?: readonly NamedKey[] | undefined;
  /** Our own public key: a common mistake is to trust it instead of Antom's. */
  readonly ownPublicKey?: KeyObject | undefined;
  readonly otherClientIds?: readonly string[] | undefined;
  /** The address as Antom knows it: from `paymentNotifyUrl` or the dashboard. */
  readonly publicUrl?: string | undefined;
  /** What a proxy may have cut off the path. */
  readonly prefixes?: readonly string[] | undefined;
  /** The body as Antom sent it, where somebody could catch it. */
  readonly sentBody?: Uint8Array | undefined;
}

export type Cause =
  | 'path prefix cut off'
  | 'path prefix added'
  | 'other path'
  | 'query'
  | 'other method'
  | 'body re-serialised'
  | 'body changed'
  | 'other client id'
  | 'environment mixed up'
  | 'wrong time header'
  | 'other key'
  | 'own key trusted'
  | 'not URL-encoded'
  | 'header decoded wrongly'
  | 'missing segment'
  | 'missing header'
  | 'other algorithm';

export interface Finding {
  readonly cause: Cause;
  /** What was found, with the values that matter. */
  readonly detail: string;
  readonly remedy: string;
}

export type Diagnosis =
  /** The signature is good. What is found all the same is worth knowing. */
  | { readonly kind: 'valid'; readonly key: string; readonly findings: readonly Finding[] }
  /** Proven: with these findings put right, the signature is good. */
  | { readonly kind: 'explained'; readonly findings: readonly Finding[]; readonly tried: number }
  /** Not proven. What was found may be the reason; `summary` says what is certain. */
  | {
      readonly kind: 'unexplained';
      readonly summary: string;
      readonly findings: readonly Finding[];
      readonly tried: number;
    };
