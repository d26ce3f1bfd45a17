/** What may be decided about a case. */
export interface CaseResolution {
  /** For whoever chooses among them. */
  readonly says: string;
  /** The only kinds of cases that it fits; any unless given. */
  readonly kinds?: readonly string[];
  /** Whether it fits only a case that names a payment. */
  readonly needsPayment?: true;
}

/** Kinds of cases about money that was received and pays nothing by itself. */
const kindsWithMoney = ['other-amount', 'after-cancel', 'reversal', 'unmatched-success'] as const;

/** The resolutions that a person may choose. Events carry an open word: more of them will come. */
export const caseResolutions = {
  'accept-payment': {
    says: 'the payment pays the order, by name and reason',
    kinds: [...kindsWithMoney, 'late-payment', 'duplicate-payment'],
    needsPayment: true,
  },
  refund: {
    says: 'the money goes back through Antom; the case stays open until all of it is back, and Kasir says so itself where it saw that',
    needsPayment: true,
  },
  'refunded-outside': { says: 'the merchant gave the money back on a way of its own', needsPayment: true },
  'new-attempt': {
    says: 'the money pays nothing, and the order takes a new attempt',
    kinds: ['other-amount', 'payment-returned'],
  },
  'ended-unpaid': {
    says: 'no money can come of the attempt any more, so that its order may take another one or close',
    kinds: [...kindsWithMoney, 'no-answer', 'closing-overdue'],
  },
  'no-action': { says: 'nothing is done; money under review pays nothing, and its order may go on' },
} as const satisfies Record<string, CaseResolution>;

export type CaseResolutionWord = keyof typeof caseResolutions;

/** The resolutions that fit a case of a kind. */
export const resolutionsOf = (kind: string, namesPayment: boolean): string[] =>
  Object.entries<CaseResolution>(caseResolutions).flatMap(([word, { kinds, needsPayment }]) =>
    (kinds === undefined || kinds.includes(kind)) && (needsPayment !== true || namesPayment) ? [word] : [],
  );
