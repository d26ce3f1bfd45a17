import { type LifeTable } from '@kasir/kernel';
import { attemptLife } from './attempt.js';
import { cancelLife } from './cancel.js';
import { lockLife } from './order-lock.js';
import { refundLife } from './refund.js';
import { reviewLife } from './review.js';

/** Every life of this service, by the name under which it is printed. */
export const lives: Readonly<Record<string, LifeTable<string, string>>> = {
  attempt: attemptLife,
  cancel: cancelLife,
  refund: refundLife,
  'lock of an order': lockLife,
  review: reviewLife,
};
