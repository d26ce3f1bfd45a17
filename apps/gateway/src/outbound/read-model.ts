import { type Tx } from '@kasir/messaging';
import { type ReadModel } from '../application/ports.js';
import { type PaymentSession } from '../domain/payment-session.js';
import { type Refund } from '../domain/refund.js';
import { OrderRepository } from './order.repository.js';
import { type PaymentSessionRow, toPaymentSession } from './payment-session.row.js';
import { type RefundRow, toRefund } from './refund.row.js';
import { answering } from './storage-faults.js';

export type Reading = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

export function readModel(reading: Reading): ReadModel {
  const sessions = (ids: readonly string[]): Promise<PaymentSession[]> =>
    answering(
      reading(async (tx) => {
        const rows = await tx.query<PaymentSessionRow>('select * from payment_sessions where id = any($1)', [ids]);
        return rows.map(toPaymentSession);
      }),
    );
  const refunds = (ids: readonly string[]): Promise<Refund[]> =>
    answering(
      reading(async (tx) =>
        (await tx.query<RefundRow>('select * from refunds where id = any($1)', [ids])).map(toRefund),
      ),
    );
  return {
    session: async (id) => (await sessions([id]))[0],
    sessions,
    order: (id) => answering(reading((tx) => new OrderRepository(tx).find(id))),
    refund: async (id) => (await refunds([id]))[0],
    refunds,
  };
}
