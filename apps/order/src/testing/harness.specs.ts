import {
  type DataOf,
  orders,
  type PaymentEvent,
  payments,
  paymentSessions,
  type TopicContract,
} from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type ServiceDefinition } from '@kasir/service';
import { eventually, type Heard, inDays, startUnderTest, type UnderTest } from '@kasir/testing';

export const baht = (value: string) => ({ value, currency: 'THB' });
export const paidAt = '2026-01-01T00:00:00.000Z';
const facts = { amount: baht('160'), description: 'Cappuccino', expiresAt: inDays(365) };
/** Payments are paid long before it. */
export const sealedAt = inDays(0);

const payment = (orderId: string, paymentSessionId: string, paymentId: string) => ({
  orderId,
  paymentSessionId,
  paymentId,
});

const success = (orderId: string, paymentSessionId: string, paymentId: string) => ({
  ...payment(orderId, paymentSessionId, paymentId),
  order: facts,
  amount: baht('160'),
  paidAt,
});

/** Which payment, the id of what went back, and how much of it. */
type Back = readonly [paymentId: string, id: string, value: string];

export type Harness = Awaited<ReturnType<typeof openHarness>>;

/** The order service, with publishers of what its neighbours tell it of one order. */
export async function openHarness(
  definition: ServiceDefinition,
  { clock, listenTo = [] }: { clock?: Clock; listenTo?: readonly TopicContract[] } = {},
) {
  const topics = [orders, ...listenTo];
  const world = await startUnderTest(definition, { listenTo: topics, ...(clock === undefined ? {} : { clock }) });
  return { world, ...publishersIn(world), ...readersIn(world), ...operatorOf(world) };
}

const publishersIn = ({ bus }: UnderTest) => ({
  sealed: (orderId: string, cause: 'expired' | 'requested' = 'expired', more: { lastEndsAt?: string } = {}) =>
    bus.say(paymentSessions, 'OrderSealed', { orderId, cause, sealedAt, ...more }),
  drained: (orderId: string) => bus.say(paymentSessions, 'OrderDrained', { orderId, drainedAt: sealedAt }),
  succeeded: (orderId: string, id: string, paymentId: string, at = paidAt) =>
    bus.say(payments, 'PaymentSucceeded', { ...success(orderId, id, paymentId), paidAt: at }),
  otherAmount: (orderId: string, id: string, paymentId: string) =>
    bus.say(payments, 'PaymentNeedsAttention', {
      ...payment(orderId, id, paymentId),
      ...{ kind: 'other-amount', expected: baht('160'), received: baht('16'), paidAt, order: facts, evidence: {} },
    }),
  attention: (orderId: string, id: string, kind: string, more: Partial<Attention> = {}) =>
    bus.say(payments, 'PaymentNeedsAttention', {
      ...{ orderId, paymentSessionId: id, kind, evidence: { lastAnswer: 'unknown' } },
      ...more,
    }),
  refunded: (orderId: string, id: string, [paymentId, refundRequestId, value]: Back) =>
    bus.say(payments, 'RefundSucceeded', {
      ...payment(orderId, id, paymentId),
      ...{ refundRequestId, amount: baht(value), refundedAt: paidAt },
    }),
  returned: (orderId: string, id: string, [paymentId, returnId, value]: Back) =>
    bus.say(payments, 'PaymentReturned', {
      ...payment(orderId, id, paymentId),
      ...{ returnId, amount: baht(value), cause: 'refund', returnedAt: paidAt, evidence: { inquiry: 'SUCCESS' } },
    }),
  say: bus.say.bind(bus),
  payment,
  success,
});

type Attention = DataOf<PaymentEvent, 'PaymentNeedsAttention'>;

function readersIn(world: UnderTest) {
  const about = (orderId: string): readonly Heard[] => world.bus.heard(orders).filter(({ key }) => key === orderId);
  return {
    /** Waits until everything that was published to the service is applied, and everything that it published has come. */
    settled: async () => {
      await world.bus.expectDrained('order', [paymentSessions, payments]);
      const [{ total } = { total: 0 }] = await world.rows<{ total: number }>(
        'select coalesce(sum(last), 0)::int as total from event_sequences',
      );
      await eventually(() => expect(world.bus.heard(orders)).toHaveLength(total));
      expect(await world.rows('select reason from dead_letters')).toEqual([]);
    },
    published: (orderId: string) => about(orderId).map(({ type }) => type),
    dataOf: (orderId: string, type: string) =>
      about(orderId)
        .filter((record) => record.type === type)
        .map(({ data }) => data),
    statusOf: async (orderId: string) =>
      (await world.rows<{ status: string }>('select status from orders where id = $1', [orderId]))[0]?.status,
  };
}

const operatorOf = ({ service, config }: UnderTest) => ({
  /** One of the operator's verbs. @returns status and body */
  ask: async <Body = Record<string, unknown>>(verb: string, input: object = {}) => {
    const response = await fetch(`${service.adminUrl}/operator/${verb}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${config.OPERATOR_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    return { status: response.status, body: (await response.json()) as Body };
  },
  metrics: async () => (await fetch(`${service.adminUrl}/metrics`)).text(),
});
