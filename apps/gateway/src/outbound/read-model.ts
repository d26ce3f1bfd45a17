import { type Tx } from '@kasir/messaging';
import { type ReadModel } from '../application/ports.js';
import { type PaymentSession } from '../domain/payment-session.js';
import { type Refund } from '../domain/refund.js';
import { OrderRepository } from './order.repository.js';
import { type PaymentSessionRow, toPaymentSession } from './payment-session.row.js';
import { type RefundRow, toRefund } from './refund.row.js';
import { answering } from './storage-faults.js';

/** Reads what is committed, one statement for each question. */
export function readModel(committed: Tx): ReadModel {
  const orders = new OrderRepository(committed);
  const rowsOf = <Row>(table: 'payment_sessions' | 'refunds', ids: readonly string[]): Promise<Row[]> =>
    answering(committed.query<Row>(`select * from ${table} where id = any($1)`, [ids]));
  const sessions = async (ids: readonly string[]): Promise<PaymentSession[]> =>
    (await rowsOf<PaymentSessionRow>('payment_sessions', ids)).map(toPaymentSession);
  const refunds = async (ids: readonly string[]): Promise<Refund[]> =>
    (await rowsOf<RefundRow>('refunds', ids)).map(toRefund);
  return {
    session: async (id) => (await sessions([id]))[0],
    sessions,
    order: (id) => answering(orders.find(id)),
    refund: async (id) => (await refunds([id]))[0],
    refunds,
  };
}
