import { type Tx } from '@kasir/messaging';
import { type ReadModel } from '../application/ports.js';
import { OrderRepository } from './order.repository.js';
import { PaymentSessionRepository } from './payment-session.repository.js';
import { RefundRepository } from './refund.repository.js';
import { answering } from './storage-faults.js';

/** Reads what is committed, one statement for each question. */
export function readModel(committed: Tx): ReadModel {
  const sessions = new PaymentSessionRepository(committed);
  const orders = new OrderRepository(committed);
  const refunds = new RefundRepository(committed);
  return {
    session: (id) => answering(sessions.find(id)),
    sessions: (ids) => answering(sessions.findAll(ids)),
    order: (id) => answering(orders.find(id)),
    refund: (id) => answering(refunds.find(id)),
    refunds: (ids) => answering(refunds.findAll(ids)),
    unansweredSince: (before) => answering(sessions.unansweredSince(before)),
  };
}
