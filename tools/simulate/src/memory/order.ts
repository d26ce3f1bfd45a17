import { type News, type Stores } from '@kasir/order/application/ports';
import { type Case, type NewCase, type Resolution } from '@kasir/order/domain/case';
import { type Order, type Payment } from '@kasir/order/domain/order';
import { type ReceivedPayment, type Refund } from '@kasir/order/domain/refund';
import { type Draft, type Table } from './database.js';
import { insert } from './notification.js';

const soon = <Value>(value: Value): Promise<Value> => Promise.resolve(value);
const done = (_: unknown): Promise<void> => Promise.resolve();
const nobody = (): Promise<never> => Promise.reject(new Error('nobody reconciles in a simulation'));

const keyOf = ({ paymentSessionId, paymentId }: Payment): string => `${paymentSessionId}/${paymentId}`;

/** The ports of order over plain maps, with the rules of its SQL. Its people do nothing here: no case is resolved. */
export function orderStores(draft: Draft, say: (news: News) => Promise<void>): Stores {
  const orders = draft.table<Order>('orders');
  const payments = draft.table<ReceivedPayment>('payments');
  const refunds = draft.table<Refund>('refunds');
  const cases = draft.table<NewCase>('cases');
  const waitingRefunds = draft.table<Refund>('waiting refunds');
  const open = (found: NewCase): Case => ({ ...found, status: 'open', owner: null, resolution: null });

  return {
    say,
    orders: {
      lock(id) {
        insert(orders, id, { id, status: 'open', facts: null, paidBy: null, seal: null });
        return soon(orders.get(id)!);
      },
      save: (order) => done(orders.set(order.id, order)),
      knows: (id) => soon(orders.has(id)),
    },
    payments: {
      record(payment) {
        const key = keyOf(payment);
        return done(payment.standing === 'kept' ? payments.set(key, payment) : insert(payments, key, payment));
      },
      find: (payment) => soon(payments.get(keyOf(payment))),
    },
    refunds: {
      record: (refund) => soon(insert(refunds, refund.refundRequestId, refund)),
      of: (payment) => soon([...refunds.values()].filter((refund) => keyOf(refund) === keyOf(payment))),
    },
    waiting: {
      keepRefund: (refund) => done(insert(waitingRefunds, refund.refundRequestId, refund)),
      takeRefunds: (payment) => soon(take(waitingRefunds, (refund) => keyOf(refund) === keyOf(payment))),
      count: () => soon(waitingRefunds.size),
    },
    cases: {
      open: (opened) => soon(insert(cases, opened.caseId, opened)),
      find: (id) => soon(cases.has(id) ? open(cases.get(id)!) : undefined),
      list: () => soon([...cases.values()].map(open)),
      history: () => soon([]),
      openOf: (orderId) => soon([...cases.values()].filter((each) => each.orderId === orderId).length),
      load: () => soon({ open: [], overdue: 0, oldest: null }),
      own: () => done(0),
      resolve: (_: string, __: Resolution) => soon(false),
    },
    books: { recorded: nobody, settled: nobody, unsettled: nobody },
  };
}

function take<Row>(from: Table<Row>, isWanted: (row: Row) => boolean): Row[] {
  const wanted = [...from].filter(([, row]) => isWanted(row));
  for (const [key] of wanted) from.delete(key);
  return wanted.map(([, row]) => row);
}
