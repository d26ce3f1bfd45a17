import { payments } from '@kasir/contracts';
import { eventId } from '@kasir/messaging';

/** So many orders share the news. */
export const orders = 5_000;
const at = new Date('2026-01-01T00:00:00.000Z');

export const topic = payments;
export const orderOf = (index) => `order-${index % orders}`;

/** As a service says it. */
export const news = (index) => ({
  type: 'PaymentSucceeded',
  data: {
    orderId: orderOf(index),
    paymentSessionId: `ps_${index}`,
    paymentId: `202608031940108001001${index}`,
    amount: { value: '16000', currency: 'THB' },
    order: {
      amount: { value: '16000', currency: 'THB' },
      description: 'Two bags of coffee',
      expiresAt: '2026-01-02T00:00:00Z',
    },
    paidAt: '2026-01-01T00:00:00Z',
  },
  identity: `${index}`,
  at,
});

/** As it lies on the topic. */
export const record = (index) => {
  const { type, data, identity } = news(index);
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
      ce_dataschema: `urn:kasir:${topic.name}:${type}`,
      ce_sequence: String(1 + Math.floor(index / orders)),
      'content-type': 'application/json',
    },
  };
};
