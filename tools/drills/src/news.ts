import { payments } from '@kasir/contracts';
import { eventId, type News } from '@kasir/messaging';
import { type Message } from 'kafkajs';

/** So many orders share the news, each in its own order. */
export const orders = 200;
export const orderOf = (index: number): string => `order-${index % orders}`;
const at = new Date('2026-01-01T00:00:00.000Z');

/** The n-th piece of news, as a service says it. */
export const newsOf = (index: number): News<typeof payments> & { type: 'PaymentSucceeded' } => ({
  type: 'PaymentSucceeded',
  data: {
    orderId: orderOf(index),
    paymentSessionId: `ps_${index}`,
    paymentId: `202608031940108001001${index}`,
    order: {
      amount: { value: '16000', currency: 'THB' },
      description: 'Two bags of coffee',
      expiresAt: '2026-01-02T00:00:00Z',
    },
    amount: { value: '16000', currency: 'THB' },
    paidAt: '2026-01-01T00:00:00Z',
  },
  identity: String(index),
  at,
});

/** The same as it lies on the topic. */
export function recordOf(index: number): Message {
  const { type, data, identity } = newsOf(index);
  return {
    key: data.orderId,
    value: JSON.stringify(data),
    headers: {
      ce_specversion: '1.0',
      ce_id: eventId({ source: 'notification', type, identity }),
      ce_type: type,
      ce_source: 'notification',
      ce_subject: data.orderId,
      ce_time: at.toISOString(),
      ce_dataschema: `urn:kasir:${payments.name}:${type}`,
      ce_sequence: String(1 + Math.floor(index / orders)),
      'content-type': 'application/json',
    },
  };
}
