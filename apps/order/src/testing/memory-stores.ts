import { type Draft, insert, type Table } from '@kasir/testing/memory';
import { type CaseEntry, type CaseQuery, type Cases, type OutgoingEvent, type Stores } from '../application/ports.js';
import { type Case } from '../domain/case.js';
import { type Order } from '../domain/order.js';
import { type KnownPayment, type Payment, type ReceivedPayment, samePayment } from '../domain/payment.js';
import { type MoneyBack, type Refund, wentBack } from '../domain/refund.js';
import { idFrom } from '../outbound/id-from.js';

const soon = <Value>(value: Value): Promise<Value> => Promise.resolve(value);
const done = (_: unknown): Promise<void> => Promise.resolve();
const unsupported = (): Promise<never> => Promise.reject(new Error('settlement files are compared in PostgreSQL only'));

const keyOf = ({ paymentSessionId, paymentId }: Payment): string => `${paymentSessionId}/${paymentId}`;

/** The ports of order over tables in memory, with the rules of its SQL. */
export function orderStores(draft: Draft, publish: (event: OutgoingEvent) => Promise<void>): Stores {
  const payments = draft.table<KnownPayment>('payments');
  const refunds = draft.table<Refund>('refunds');
  return {
    publish,
    idFrom,
    orders: ordersIn(draft.table<Order>('orders')),
    payments: {
      save: (payment) => done(payments.set(keyOf(payment), payment)),
      find: (payment) => soon(payments.get(keyOf(payment))),
      duplicatesOf: (orderId) =>
        soon(
          [...payments.values()]
            .filter((each) => each.orderId === orderId)
            .filter(isWholeDuplicate)
            .sort(lastFirst),
        ),
    },
    refunds: {
      save: (refund) => done(refunds.set(refund.id, refund)),
      find: (id) => soon(refunds.get(id)),
      of: (payment) =>
        soon(
          [...refunds.values()]
            .filter(wentBack)
            .filter((back) => samePayment(back, payment))
            .sort(inTime),
        ),
    },
    cases: casesIn(draft.table<Case>('cases'), draft.table<readonly CaseEntry[]>('case history')),
    books: { recorded: unsupported, settled: unsupported, unsettled: unsupported },
  };
}

const ordersIn = (orders: Table<Order>): Stores['orders'] => ({
  lock(id) {
    insert(orders, id, { id, status: 'open', facts: null, paidBy: null, seal: null, closingDueAt: null });
    return soon(orders.hold(id)!);
  },
  save: (order) => done(orders.set(order.id, order)),
  knows: (id) => soon(orders.has(id)),
  overdue: (now, limit) =>
    soon(
      [...orders.values()]
        .filter(({ status, closingDueAt: due }) => status === 'closing' && due !== null && new Date(due) <= now)
        .sort((a, b) => (a.closingDueAt! < b.closingDueAt! ? -1 : 1))
        .slice(0, limit)
        .map(({ id }) => orders.hold(id)!),
    ),
});

const casesIn = (cases: Table<Case>, histories: Table<readonly CaseEntry[]>): Cases => {
  const where = (isWanted: (found: Case) => boolean): Case[] => [...cases.values()].filter(isWanted).sort(oldestFirst);
  const unresolved = () => where(({ status }) => status !== 'resolved');
  const history = (caseId: string): readonly CaseEntry[] => histories.get(caseId) ?? [];
  return {
    open: (opened) => soon(insert(cases, opened.caseId, opened)),
    find: (caseId) => soon(cases.get(caseId)),
    lock: (caseId) => soon(cases.hold(caseId)),
    save: (changed) => done(cases.set(changed.caseId, changed)),
    note: (caseId, entry) => done(histories.set(caseId, [...history(caseId), entry])),
    unresolvedOf: (payment) =>
      soon(
        unresolved()
          .filter((found) => isAbout(found, payment))
          .sort((a, b) => (a.caseId < b.caseId ? -1 : 1)),
      ),
    waitingFor: (id) =>
      soon(where(({ status, refundRequestId }) => status === 'refunding' && refundRequestId === id)[0]),
    list: (query) =>
      soon(
        pageOf(
          where((found) => fits(found, query)),
          query,
          cases,
        ),
      ),
    history: (caseId) => soon([...history(caseId)]),
    openOf: (orderId) => soon(unresolved().filter((found) => found.orderId === orderId).length),
    load: (now) => soon(loadOf(unresolved(), now)),
  };
};

const isWholeDuplicate = (payment: KnownPayment): payment is ReceivedPayment =>
  payment.amount !== null && payment.standing === 'duplicate-payment' && payment.givenBack === '0';

const lastFirst = (a: ReceivedPayment, b: ReceivedPayment): number =>
  `${b.paidAt} ${b.paymentId}` < `${a.paidAt} ${a.paymentId}` ? -1 : 1;
const inTime = (a: MoneyBack, b: MoneyBack): number => (`${a.at} ${a.id}` < `${b.at} ${b.id}` ? -1 : 1);
const placeOf = ({ since, caseId }: Case): string => `${since} ${caseId}`;
const oldestFirst = (a: Case, b: Case): number => (placeOf(a) < placeOf(b) ? -1 : 1);

const isAbout = ({ paymentSessionId, paymentId }: Case, payment: Payment): boolean =>
  paymentSessionId !== null && paymentId !== null && samePayment({ paymentSessionId, paymentId }, payment);

const fits = (found: Case, { status, kind, orderId, owner }: CaseQuery): boolean =>
  (status === 'all' || status === found.status) &&
  (kind ?? found.kind) === found.kind &&
  (orderId ?? found.orderId) === found.orderId &&
  (owner ?? found.owner) === found.owner;

function pageOf(found: Case[], { after, limit }: CaseQuery, cases: Table<Case>): Case[] {
  const last = after === undefined ? undefined : cases.get(after);
  const isLater = (each: Case): boolean => after === undefined || (last !== undefined && placeOf(each) > placeOf(last));
  return found.filter(isLater).slice(0, limit);
}

function loadOf(found: readonly Case[], now: Date) {
  const kinds = [...new Set(found.map(({ kind }) => kind))].sort();
  return {
    open: kinds.map((kind) => ({ kind, count: found.filter((each) => each.kind === kind).length })),
    overdue: found.filter(({ due }) => new Date(due) < now).length,
    oldest: found[0] === undefined ? null : new Date(found[0].since),
  };
}
