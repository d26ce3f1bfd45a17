import { type LifeTable } from '@kasir/kernel';
import { attemptLife } from './attempt.js';
import { lockLife } from './order-lock.js';
import { refundLife } from './refund.js';

/** Every state machine of this service, by the name under which it is printed. */
export const lives: Readonly<Record<string, LifeTable<string, string>>> = {
  attempt: attemptLife,
  refund: refundLife,
  'lock of an order': lockLife,
};
