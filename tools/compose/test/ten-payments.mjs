import { docker } from './docker.mjs';
import { serviceOf } from './deployment.mjs';

const cappuccino = {
  amount: { value: '160', currency: 'THB' },
  description: "Cappuccino #grande (Mika's coffee shop)",
  bankChoice: { bankName: 'Siam Commerical Bank' },
};

export const tenOrders = Array.from({ length: 10 }, (_, n) => ({ id: `COMPOSE-${n}`, ...cappuccino }));

/**
 * Pays the orders one after the other while containers are restarted, each once: one or two beside every payment.
 * @returns {Promise<{ id: string, ms: number, restarted: string[] }[]>}
 */
export async function payAmidRestarts(deployment, shopper, orders) {
  const left = await deployment.running();
  const payments = [];
  for (const [index, order] of orders.entries()) {
    const victims = left.splice(0, Math.ceil(left.length / (orders.length - index)));
    const [payment] = await Promise.all([shopper.buy(order), restartOneByOne(victims)]);
    const restarted = victims.map(serviceOf);
    payments.push({ ...payment, restarted });
    console.log(`      ${order.id} paid in ${payment.ms} ms, while restarting: ${restarted.join(', ') || 'nothing'}`);
  }
  return payments;
}

async function restartOneByOne(containers) {
  for (const { Id } of containers) await docker(['restart', '--time=15', Id]);
}
