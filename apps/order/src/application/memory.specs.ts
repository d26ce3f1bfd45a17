import { type AttemptEnd } from '../domain/attempt-end.js';
import { type Case, isEndOfAttempt, type NewCase, type Resolution } from '../domain/case.js';
import { type Attempt, type Order, type Payment, type Success } from '../domain/order.js';
import { type ReceivedPayment, type Refund } from '../domain/refund.js';
import { type CaseEntry, type News, type Stores } from './ports.js';

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
  let order: Order = { id: orderId, status: 'expected', facts: null, paidBy: null, seal: null };
  const attempts = new Map<string, Attempt>();
  const ends = new Map<string, AttemptEnd>();
  const payments = new Map<string, ReceivedPayment>();
  const refunds = new Map<string, Refund>();
  const cases = new Map<string, NewCase>();
  const owners = new Map<string, string>();
  const resolutions = new Map<string, Resolution>();
  const notes: (CaseEntry & { caseId: string })[] = [];
  const waitingSuccesses = new Map<string, Success>();
  const waitingRefunds = new Map<string, Refund>();
  const said: News[] = [];

  const caseOf = (opened: NewCase): Case => {
    const resolution = resolutions.get(opened.caseId) ?? null;
    const status = resolution === null ? 'open' : 'resolved';
    return { ...opened, status, owner: owners.get(opened.caseId) ?? null, resolution };
  };
  const insert = <Value>(into: Map<string, Value>, key: string, value: Value): boolean =>
    !into.has(key) && into.set(key, value).has(key);
  const take = <Value>(from: Map<string, Value>, isMine: (value: Value) => boolean): Value[] =>
    [...from].filter(([, value]) => isMine(value)).map(([key, value]) => (from.delete(key), value));
  const soon = <Value>(value: Value): Promise<Value> => Promise.resolve(value);
  const done = (_: unknown): Promise<void> => Promise.resolve();

  const stores: Stores = {
    orders: {
      lock: () => soon(order),
      save: (saved) => done((order = saved)),
      knows: (id) => soon(id === orderId),
    },
    attempts: {
      find: (id) => soon(attempts.get(id)),
      add: (attempt) => done(insert(attempts, attempt.paymentSessionId, attempt)),
    },
    ends: {
      add: (_, id, end) => done(end === 'cancelled' ? ends.set(id, end) : insert(ends, id, end)),
      find: (id) => soon(ends.get(id)),
      of: () => {
        const declared = [...cases.values()].filter(({ caseId, kind }) => {
          const resolution = resolutions.get(caseId)?.resolution;
          return resolution !== undefined && isEndOfAttempt({ kind, resolution });
        });
        return soon(new Set([...ends.keys(), ...declared.map(({ paymentSessionId }) => paymentSessionId)]));
      },
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
      keepSuccess: (_, success) => done(insert(waitingSuccesses, keyOf(success), success)),
      takeSuccesses: (id) => soon(take(waitingSuccesses, ({ paymentSessionId }) => paymentSessionId === id)),
      keepRefund: (refund) => done(insert(waitingRefunds, refund.refundRequestId, refund)),
      takeRefunds: (payment) => soon(take(waitingRefunds, (refund) => keyOf(refund) === keyOf(payment))),
      count: () => soon(waitingSuccesses.size + waitingRefunds.size),
    },
    cases: {
      open: (opened) => soon(insert(cases, opened.caseId, opened)),
      find: (id) => {
        const found = cases.get(id);
        return soon(found && caseOf(found));
      },
      list: () => soon([...cases.values()].map(caseOf)),
      history: (id) => soon(notes.filter(({ caseId }) => caseId === id)),
      openOf: () => soon([...cases.keys()].filter((id) => !resolutions.has(id)).length),
      load: () => soon({ open: [], overdue: 0, oldest: null }),
      own: (id, owner) => done(owners.set(id, owner)),
      note: (caseId, entry) => done(notes.push({ caseId, action: 'noted', ...entry })),
      resolve: (id, resolution) => soon(insert(resolutions, id, resolution)),
    },
    books: {
      known: () => Promise.reject(new Error('nobody reconciles here')),
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
