import { type DataOf, type PaymentEvent, type PaymentSessionEvent } from '@kasir/contracts';
import { Memory } from '@kasir/testing/memory';
import { type Decided } from '../application/decide-case.js';
import { caseDesk } from '../application/decide-cases.js';
import { type OutgoingEvent, type Policy } from '../application/ports.js';
import { type Case } from '../domain/case.js';
import { type Order } from '../domain/order.js';
import { type KnownPayment } from '../domain/payment.js';
import { type Refund } from '../domain/refund.js';
import { PaymentSessionsConsumer } from '../inbound/payment-sessions.consumer.js';
import { PaymentsConsumer } from '../inbound/payments.consumer.js';
import { orderStores } from './memory-stores.js';

export const orderId = 'O-1';
export const now = '2026-01-01T12:00:00.000Z';
export const end = '2026-01-02T00:00:00.000Z';
export const baht = (value: number) => ({ value: String(value), currency: 'THB' });
export const facts = { amount: baht(160), description: 'Cappuccino', expiresAt: end };
export const idsOf = (name: string) => ({ orderId, paymentSessionId: `ps_${name}`, paymentId: `pay-${name}` });

const usual: Policy = { latePayment: 'case', graceMs: 20 * 60_000 };

/** Everything between the consumers of the order service and its ports, for one order. */
export function orderInMemory(policy = usual) {
  const draft = new Memory().begin();
  const published: OutgoingEvent[] = [];
  const stores = orderStores(draft, (event) => Promise.resolve(void published.push(event)));
  const [ofPayments, ofSessions] = [
    new PaymentsConsumer(() => stores, policy),
    new PaymentSessionsConsumer(() => stores, policy),
  ];
  const desk = caseDesk({ run: (use) => use(stores) });
  const payment = <Type extends PaymentEvent['type']>(type: Type, data: DataOf<PaymentEvent, Type>) =>
    ofPayments.onPayment({ type, data, time: now } as never, {} as never);
  const session = <Type extends PaymentSessionEvent['type']>(type: Type, data: DataOf<PaymentSessionEvent, Type>) =>
    ofSessions.onPaymentSession({ type, data, time: now } as never, {} as never);
  return {
    payment,
    session,
    succeeded: (name: string, paidAt = now) =>
      payment('PaymentSucceeded', { ...idsOf(name), order: facts, amount: baht(160), paidAt }),
    received: (name: string, kind: string, value: number) =>
      payment('PaymentNeedsAttention', {
        ...idsOf(name),
        ...{ kind, expected: baht(160), received: baht(value), paidAt: now, order: facts, evidence: {} },
      }),
    refunded: (name: string, refundRequestId: string, value: number) =>
      payment('RefundSucceeded', { ...idsOf(name), refundRequestId, amount: baht(value), refundedAt: now }),
    returned: (name: string, returnId: string, value: number) =>
      payment('PaymentReturned', {
        ...idsOf(name),
        ...{ returnId, amount: baht(value), cause: 'refund', returnedAt: now, evidence: {} },
      }),
    sealed: (sealedAt = end, more: { lastEndsAt?: string } = {}) =>
      session('OrderSealed', { orderId, cause: 'requested', sealedAt, ...more }),
    drained: () => session('OrderDrained', { orderId, drainedAt: now }),
    /** @returns the case */
    resolve: (caseId: string, resolution: string, more: Partial<Decided> = {}) =>
      desk.resolve(caseId, { resolution, reason: 'looked at', by: 'mika', at: now, ...more }),
    stores,
    events: published as readonly OutgoingEvent[],
    published: () => published.map(({ type }) => type),
    dataOf: (type: OutgoingEvent['type']) => published.flatMap((event) => (event.type === type ? [event.data] : [])),
    identities: () => published.map(({ type, identity }) => `${type} ${identity}`),
    order: () => draft.table<Order>('orders').get(orderId),
    payments: () => [...draft.table<KnownPayment>('payments').values()],
    refunds: () => [...draft.table<Refund>('refunds').values()],
    cases: () => [...draft.table<Case>('cases').values()],
    caseStatus: (caseId: string) => draft.table<Case>('cases').get(caseId)?.status,
  };
}

export type OrderInMemory = ReturnType<typeof orderInMemory>;
