import { attemptLife } from './attempt.js';
import { cancelLife } from './cancel.js';
import { lockLife } from './order-lock.js';
import { refundLife } from './refund.js';
import { type Table } from './table.js';

/** Every life of this service, by the name under which it is printed. */
export const lives: Readonly<Record<string, Table<string, string>>> = {
  attempt: attemptLife,
  cancel: cancelLife,
  refund: refundLife,
  'lock of an order': lockLife,
};
