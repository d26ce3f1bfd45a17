import { settle, type Order, type Success, type Trouble } from '../domain/order.js';
import { type Stores } from './ports.js';

/** A payment succeeded: the order is paid by it once, or a person has to look. A success whose attempt is unknown waits for it. */
export async function applySuccess(stores: Stores, orderId: string, success: Success): Promise<void> {
  const order = await stores.orders.lock(orderId);
  const attempt = await stores.attempts.find(success.paymentSessionId);
  if (attempt === undefined) return stores.waiting.keep(orderId, success);
  const settled = settle(order, attempt, success);
  if (settled.kind === 'moved') return pay(stores, settled.thing, success);
  if (settled.trouble !== undefined) return raise(stores, order, success, settled.trouble);
}

async function pay(
  stores: Stores,
  order: Order,
  { paymentSessionId, paymentId, amount, paidAt }: Success,
): Promise<void> {
  await stores.orders.save(order);
  await stores.say({
    type: 'OrderPaid',
    identity: order.id,
    data: {
      orderId: order.id,
      paymentSessionId,
      paymentId,
      amount,
      paidAt,
      description: order.facts?.description ?? '',
    },
  });
}

async function raise(stores: Stores, order: Order, success: Success, kind: Trouble): Promise<void> {
  const { paymentSessionId, paymentId, amount, paidAt } = success;
  await stores.say({
    type: 'OrderNeedsAttention',
    identity: `${kind}/${paymentSessionId}/${paymentId}`,
    data: {
      orderId: order.id,
      kind,
      paymentSessionId,
      paymentId,
      evidence: {
        received: `${amount.value} ${amount.currency} at ${paidAt}`,
        kept: order.paidBy === null ? 'no payment' : `${order.paidBy.paymentSessionId} ${order.paidBy.paymentId}`,
      },
    },
  });
}
