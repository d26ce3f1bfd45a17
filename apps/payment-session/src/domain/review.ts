import { type CaseResolutionWord } from '@kasir/contracts';
import { type LifeTable, type Outcome, walk } from '@kasir/kernel';

export type ReviewStatus =
  | 'open'
  /** The order may take another attempt, as far as this money goes. */
  | 'cleared'
  /** The order takes none any more. */
  | 'upheld';

const arrows = {
  clear: { from: ['open'], to: 'cleared' },
  uphold: { from: ['open'], to: 'upheld' },
} as const;

export type ReviewStep = keyof typeof arrows;

/** What a person makes of money of another amount. It is decided once. */
export const reviewLife: LifeTable<ReviewStep, ReviewStatus> = {
  first: ['open'],
  arrows,
  why: {
    open: 'a person has to look at it',
    cleared: 'a person has decided',
    upheld: 'a person has decided',
  },
};

/** Money of another amount that came for an attempt: its order takes no other one before a person says so. */
export interface Review {
  readonly orderId: string;
  readonly paymentSessionId: string;
  readonly paymentId: string;
  readonly status: ReviewStatus;
}

const clearing: CaseResolutionWord = 'new-attempt';

/** The kind of case that is about such money. */
export const reviewedKind = 'amount-mismatch';

/** Whether a person has looked at all the money of another amount that an attempt brought: it ends no later than that. */
export const isReviewed = (
  reviews: readonly Review[],
  { paymentSessionId }: Pick<Review, 'paymentSessionId'>,
): boolean => {
  const own = reviews.filter((review) => review.paymentSessionId === paymentSessionId);
  return own.length > 0 && own.every(({ status }) => status !== 'open');
};

/** Only one word lets the order go on; whatever else a person said keeps it as it is. */
export const decideReview = (review: Review, resolution: string): Outcome<Review> =>
  walk<ReviewStep, ReviewStatus, Review>(reviewLife, resolution === clearing ? 'clear' : 'uphold', review);

/** Whether an order may go on that has nothing else open before a person. */
export const allCleared = (reviews: readonly Review[]): boolean =>
  reviews.length > 0 && reviews.every(({ status }) => status === 'cleared');
