import { type Tx } from '@kasir/messaging';
import { type ReadModel } from '../application/ports.js';
import { OrderRepository } from './order.repository.js';
import { type PaymentSessionRow, toPaymentSession } from './payment-session.row.js';
import { answering } from './storage-faults.js';

export type Reading = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

export function readModel(reading: Reading): ReadModel {
  const sessions = (sql: string, params: readonly unknown[]) =>
    answering(reading(async (tx) => (await tx.query<PaymentSessionRow>(sql, params)).map(toPaymentSession)));
  return {
    session: async (id, orderId) =>
      (await sessions('select * from payment_sessions where id = $1 and order_id = $2', [id, orderId]))[0],
    sessions: (ids) => sessions('select * from payment_sessions where id = any($1)', [ids]),
    // The share lock waits for the transaction that is just changing the session.
    sessionAfterChange: async (id) =>
      (await sessions('select * from payment_sessions where id = $1 for share', [id]))[0],
    order: (id) => answering(reading((tx) => new OrderRepository(tx).find(id))),
  };
}
