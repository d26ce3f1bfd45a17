import { docker } from './docker.mjs';
import { serviceOf } from './deployment.mjs';

const cappuccino = {
  amount: { value: '160', currency: 'THB' },
  description: "Cappuccino #grande (Mika's coffee shop)",
  bankChoice: { bankName: 'Siam Commerical Bank' },
};

export const tenOrders = Array.from({ length: 10 }, (_, n) => ({ id: `COMPOSE-${n}`, ...cappuccino }));

/**
 * Pays the orders one after the other; beside each of them one or two containers are stopped and started again, each container
 * once. Every second time they are away when the shopper orders, else they go between the order and the payment.
 * @returns {Promise<{ id: string, ms: number, restarted: string[], away: string }[]>}
 */
export async function payAmidRestarts(deployment, shopper, orders) {
  const left = await deployment.running();
  const payments = [];
  for (const [index, order] of orders.entries()) {
    const victims = left.splice(0, Math.ceil(left.length / (orders.length - index)));
    const payment =
      index % 2 === 0 ? await orderWithout(victims, shopper, order) : await payWithout(victims, shopper, order);
    payments.push({ ...payment, restarted: victims.map(serviceOf) });
    const { away, restarted } = payments.at(-1);
    console.log(`      ${order.id} paid after ${payment.ms} ms; away ${away}: ${restarted.join(', ')}`);
  }
  return payments;
}

async function orderWithout(victims, shopper, order) {
  await all(victims, 'stop', '--time=15');
  const [payment] = await Promise.all([shopper.buy(order), all(victims, 'start')]);
  return { ...payment, away: 'while ordering' };
}

async function payWithout(victims, shopper, order) {
  const began = Date.now();
  const session = await shopper.openSession(order);
  await all(victims, 'stop', '--time=15');
  const [payment] = await Promise.all([shopper.finish(order, session, began), all(victims, 'start')]);
  return { ...payment, away: 'while paying' };
}

const all = (containers, ...command) => docker([...command, ...containers.map(({ Id }) => Id)]);
