import { type Case, type NewCase, type Resolution } from '../domain/case.js';
import { type Order, type Payment } from '../domain/order.js';
import { type ReceivedPayment, type Refund } from '../domain/refund.js';
import { type News, type Stores } from './ports.js';

export interface Memory {
  readonly stores: Stores;
  readonly said: readonly News[];
  readonly order: () => Order;
  readonly received: () => ReceivedPayment[];
  readonly refunded: () => Refund[];
  readonly cases: () => Case[];
}

const keyOf = ({ paymentSessionId, paymentId }: Payment): string => `${paymentSessionId}/${paymentId}`;

/** Every port over plain maps, for one order. What is said twice under one identity is one piece of news, as on a topic. */
export function inMemory(orderId: string): Memory {
  let order: Order = { id: orderId, status: 'open', facts: null, paidBy: null, seal: null };
  const payments = new Map<string, ReceivedPayment>();
  const refunds = new Map<string, Refund>();
  const cases = new Map<string, NewCase>();
  const owners = new Map<string, string>();
  const resolutions = new Map<string, Resolution>();
  const waitingRefunds = new Map<string, Refund>();
  const said: News[] = [];

  const caseOf = (opened: NewCase): Case => {
    const resolution = resolutions.get(opened.caseId) ?? null;
    const status = resolution === null ? 'open' : 'resolved';
    return { ...opened, status, owner: owners.get(opened.caseId) ?? null, resolution };
  };
  const insert = <Value>(into: Map<string, Value>, key: string, value: Value): boolean =>
    !into.has(key) && into.set(key, value).has(key);
  const takeOf = (payment: Payment): Refund[] =>
    [...waitingRefunds]
      .filter(([, refund]) => keyOf(refund) === keyOf(payment))
      .map(([key, refund]) => (waitingRefunds.delete(key), refund));
  const soon = <Value>(value: Value): Promise<Value> => Promise.resolve(value);
  const done = (_: unknown): Promise<void> => Promise.resolve();

  const stores: Stores = {
    orders: {
      lock: () => soon(order),
      save: (saved) => done((order = saved)),
      knows: (id) => soon(id === orderId),
    },
    payments: {
      record: (payment) =>
        done(
          payment.standing === 'kept'
            ? payments.set(keyOf(payment), payment)
            : insert(payments, keyOf(payment), payment),
        ),
      find: (payment) => soon(payments.get(keyOf(payment))),
    },
    refunds: {
      record: (refund) => soon(insert(refunds, refund.refundRequestId, refund)),
      of: (payment) => soon([...refunds.values()].filter((each) => keyOf(each) === keyOf(payment))),
    },
    waiting: {
      keepRefund: (refund) => done(insert(waitingRefunds, refund.refundRequestId, refund)),
      takeRefunds: (payment) => soon(takeOf(payment)),
      count: () => soon(waitingRefunds.size),
    },
    cases: {
      open: (opened) => soon(insert(cases, opened.caseId, opened)),
      find: (id) => {
        const found = cases.get(id);
        return soon(found && caseOf(found));
      },
      list: () => soon([...cases.values()].map(caseOf)),
      history: () => soon([]),
      openOf: () => soon([...cases.keys()].filter((id) => !resolutions.has(id)).length),
      load: () => soon({ open: [], overdue: 0, oldest: null }),
      own: (id, owner) => done(owners.set(id, owner)),
      resolve: (id, resolution) => soon(insert(resolutions, id, resolution)),
    },
    books: {
      recorded: () => Promise.reject(new Error('nobody reconciles here')),
      settled: () => Promise.reject(new Error('nobody reconciles here')),
      unsettled: () => soon([]),
    },
    say: (news) => done(said.push(news)),
  };

  return {
    stores,
    said,
    order: () => order,
    received: () => [...payments.values()],
    refunded: () => [...refunds.values()],
    cases: () => [...cases.values()].map(caseOf),
  };
}
