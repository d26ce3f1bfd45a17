import { type BankChoice, orders, payments, paymentSessions } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type ServiceDefinition } from '@kasir/service';
import { eventually, type Heard, inDays, startUnderTest, type UnderTest } from '@kasir/testing';

export const baht = (value: string) => ({ value, currency: 'THB' });
export const paidAt = '2026-01-01T00:00:00.000Z';
export const [expiresAt, endsAt] = [inDays(365), inDays(367)];

const attempt = (orderId: string, paymentSessionId: string) => ({
  orderId,
  paymentSessionId,
  paymentRequestId: paymentSessionId,
});
const payment = (orderId: string, paymentSessionId: string, paymentId: string) => ({
  ...attempt(orderId, paymentSessionId),
  paymentId,
});

export type Lab = Awaited<ReturnType<typeof openLab>>;

/** The order service with its neighbours' voices, each saying one thing about one order. */
export async function openLab(definition: ServiceDefinition, clock?: Clock) {
  const world = await startUnderTest(definition, { listenTo: [orders], ...(clock === undefined ? {} : { clock }) });
  return { world, ...voicesIn(world), ...earsIn(world), ...operatorOf(world) };
}

const voicesIn = ({ bus }: UnderTest) => ({
  started: (orderId: string, id: string, bankChoice: BankChoice = { region: 'TH' }) =>
    bus.say(paymentSessions, 'PaymentAttemptStarted', {
      ...attempt(orderId, id),
      order: { amount: baht('160'), description: 'Cappuccino', expiresAt },
      amount: baht('160'),
      bankChoice,
      endsAt,
    }),
  sealed: (orderId: string, paymentSessionIds: string[], cause: 'expired' | 'requested' = 'expired') =>
    bus.say(paymentSessions, 'OrderSealed', { orderId, cause, paymentSessionIds }),
  rejected: (orderId: string, paymentSessionId: string, stage: 'provider' | 'abandoned') =>
    bus.say(paymentSessions, 'PaymentSessionRejected', { orderId, paymentSessionId, stage, code: 'no', message: 'no' }),
  succeeded: (orderId: string, id: string, paymentId: string, at = paidAt) =>
    bus.say(payments, 'PaymentSucceeded', { ...payment(orderId, id, paymentId), amount: baht('160'), paidAt: at }),
  expired: (orderId: string, id: string) => bus.say(payments, 'PaymentExpired', attempt(orderId, id)),
  cancelled: (orderId: string, id: string) => bus.say(payments, 'PaymentCancelled', attempt(orderId, id)),
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
    origin: 'requested' | 'double' | 'unasked' = 'requested',
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
