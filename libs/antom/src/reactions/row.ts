import { type Place, type Reaction, type ReactionRow } from './reaction.js';

type Confidence = ReactionRow['confidence'];

/** Where a rule was read. The letter says how sure it is. */
interface Source {
  readonly confidence: Confidence;
  readonly source: string;
}

export const captureCodes: Source = { confidence: 'a', source: 'Antom, codes of notifyCapture' };
export const cancelCodes: Source = { confidence: 'a', source: 'Antom, codes of the in-store cancel' };
export const refundPages: Source = { confidence: 'a', source: 'Antom, refund pages' };
export const idempotencyPage: Source = { confidence: 'a', source: 'Antom, idempotency' };
export const statusPage: Source = { confidence: 'a', source: 'Antom, payment status page' };
export const javaSdk: Source = { confidence: 'a', source: 'Antom Java SDK' };
export const connectors: Source = { confidence: 'b', source: 'public connectors in Rust, Python and Magento' };
export const sisterApi: Source = { confidence: 'b', source: 'Antom, the same call of a sister product' };

/** What to do, and whether the code settles the call. */
interface Remedy {
  readonly reaction: Reaction;
  readonly final: boolean;
}

export const retry: Remedy = { reaction: 'retry same id', final: false };
export const askAgain: Remedy = { reaction: 'inquire', final: false };
/** The call is settled; how the payment stands is not. */
export const inquire: Remedy = { reaction: 'inquire', final: true };
export const failed: Remedy = { reaction: 'attempt failed', final: true };
export const alarm: Remedy = { reaction: 'configuration alarm', final: true };
/** Antom does not know who calls, so it settles nothing. */
export const openAlarm: Remedy = { reaction: 'configuration alarm', final: false };
export const bug: Remedy = { reaction: 'our bug', final: true };
export const openBug: Remedy = { reaction: 'our bug', final: false };
export const person: Remedy = { reaction: 'ask a person', final: true };
export const openPerson: Remedy = { reaction: 'ask a person', final: false };

/** One code, in every place where it means the same. */
export const rule = (
  places: readonly Place[],
  [code, status]: readonly [code: string, status: ReactionRow['status']],
  remedy: Remedy,
  source: Source,
  note?: string,
): ReactionRow[] =>
  places.map((place) => ({ place, code, status, ...remedy, ...source, ...(note === undefined ? {} : { note }) }));
