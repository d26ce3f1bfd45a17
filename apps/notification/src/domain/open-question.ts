import { type InquiryAnswer } from './inquiry-answer.js';

/** Something that was heard of one of Antom's payments and waits for an inquiry about exactly that payment. */
export interface OpenQuestion {
  readonly paymentRequestId: string;
  readonly paymentId: string;
  /** `old-news`: money that an old message speaks of. `after-cancel`: money of an attempt that was cancelled. */
  readonly kind: 'old-news' | 'after-cancel';
  readonly since: Date;
  /** When Antom says that it was paid. */
  readonly paidAt: string;
}

/** Whether an answer closes a question: old news needs a decision, money after a cancel any answer at all. */
export function closes({ kind }: OpenQuestion, answer: InquiryAnswer): boolean {
  if (answer.kind === 'unknown') return false;
  const undecided = answer.kind === 'processing' || (answer.kind === 'news' && answer.news.kind === 'pending');
  return kind === 'after-cancel' || !undecided;
}
