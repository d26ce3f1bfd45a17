/** What may have become of a case. */
export interface CaseResolution {
  /** For whoever chooses among them. */
  readonly says: string;
  /** The only kinds of cases that it is a word for; any unless given. */
  readonly kinds?: readonly string[];
}

/** The words that a person may resolve a case with. Events carry an open word: more of them will come. */
export const caseResolutions = {
  refunded: { says: 'the money is back with the shopper; Kasir says so itself where it saw all of it go' },
  'refunded-offline': { says: 'the merchant gave the money back on a way of its own' },
  'settled-offline': { says: 'it was settled with the shopper or the bank, and no money went back' },
  accepted: { says: 'it stays as it is; that pays no order' },
  'ended-unpaid': { says: 'no money can come of the attempt any more: its order takes no other one, and may close' },
  'new-attempt': {
    says: 'the money pays nothing, and its order takes a new attempt as soon as no case of it is open',
    kinds: ['amount-mismatch'],
  },
} as const satisfies Record<string, CaseResolution>;

export type CaseResolutionWord = keyof typeof caseResolutions;

/** The words that fit a case of a kind. */
export const resolutionsOf = (kind: string): string[] =>
  Object.entries<CaseResolution>(caseResolutions).flatMap(([word, { kinds }]) =>
    kinds === undefined || kinds.includes(kind) ? [word] : [],
  );
