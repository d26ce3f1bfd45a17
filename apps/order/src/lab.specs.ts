import { orders, payments, paymentSessions } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type ServiceDefinition } from '@kasir/service';
import { eventually, type Heard, inDays, startUnderTest, type UnderTest } from '@kasir/testing';

export const baht = (value: string) => ({ value, currency: 'THB' });
export const paidAt = '2026-01-01T00:00:00.000Z';
const facts = { amount: baht('160'), description: 'Cappuccino', expiresAt: inDays(365) };

const attempt = (orderId: string, paymentSessionId: string) => ({
  orderId,
  paymentSessionId,
  paymentRequestId: paymentSessionId,
});
const payment = (orderId: string, paymentSessionId: string, paymentId: string) => ({
  ...attempt(orderId, paymentSessionId),
  paymentId,
});

const success = (orderId: string, paymentSessionId: string, paymentId: string) => ({
  ...payment(orderId, paymentSessionId, paymentId),
  order: facts,
  amount: baht('160'),
  paidAt,
});

export type Lab = Awaited<ReturnType<typeof openLab>>;

/** The order service with its neighbours' voices, each saying one thing about one order. */
export async function openLab(definition: ServiceDefinition, clock?: Clock) {
  const world = await startUnderTest(definition, { listenTo: [orders], ...(clock === undefined ? {} : { clock }) });
  return { world, ...voicesIn(world), ...earsIn(world), ...operatorOf(world) };
}

const voicesIn = ({ bus }: UnderTest) => ({
  sealed: (orderId: string, cause: 'expired' | 'requested' = 'expired') =>
    bus.say(paymentSessions, 'OrderSealed', { orderId, cause, sealedAt: paidAt }),
  drained: (orderId: string) => bus.say(paymentSessions, 'OrderDrained', { orderId, drainedAt: paidAt }),
  succeeded: (orderId: string, id: string, paymentId: string, at = paidAt) =>
    bus.say(payments, 'PaymentSucceeded', { ...success(orderId, id, paymentId), paidAt: at }),
  mismatched: (orderId: string, id: string, paymentId: string) =>
    bus.say(payments, 'PaymentMismatched', {
      ...payment(orderId, id, paymentId),
      expected: baht('160'),
      received: baht('16'),
    }),
  gaveUp: (orderId: string, id: string) =>
    bus.say(payments, 'PaymentNeedsAttention', {
      ...attempt(orderId, id),
      kind: 'no-answer',
      evidence: { lastAnswer: 'unknown' },
    }),
  refunded: (
    orderId: string,
    id: string,
    [paymentId, refundRequestId, value]: readonly [string, string, string],
    origin: 'requested' | 'unasked' = 'requested',
  ) =>
    bus.say(payments, 'RefundSucceeded', {
      ...payment(orderId, id, paymentId),
      refundRequestId,
      amount: baht(value),
      refundedAt: '2026-01-02T00:00:00.000Z',
      origin,
    }),
  say: bus.say.bind(bus),
  payment,
  success,
});

function earsIn(world: UnderTest) {
  const about = (orderId: string): readonly Heard[] => world.bus.heard(orders).filter(({ key }) => key === orderId);
  return {
    /** Waits until everything that was said to the service is applied, and everything that it said is heard. */
    settled: async () => {
      await world.bus.expectDrained('order', [paymentSessions, payments]);
      const [{ total } = { total: 0 }] = await world.rows<{ total: number }>(
        'select coalesce(sum(last), 0)::int as total from event_sequences',
      );
      await eventually(() => expect(world.bus.heard(orders)).toHaveLength(total));
      expect(await world.rows('select reason from dead_letters')).toEqual([]);
    },
    said: (orderId: string) => about(orderId).map(({ type }) => type),
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
