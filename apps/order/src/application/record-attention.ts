import { type DataOf, type PaymentEvent } from '@kasir/contracts';
import { openCase } from './open-case.js';
import { type Stores } from './ports.js';
import { receive } from './receive-payment.js';

type Attention = DataOf<PaymentEvent, 'PaymentNeedsAttention'>;

/** notification puts something before a person. Money that came with it is recorded, and pays nothing by itself. */
export async function recordAttention(stores: Stores, data: Attention, at: string): Promise<void> {
  const { orderId, kind, paymentSessionId = null, paymentId = null, reference, order: facts, dueAt: due } = data;
  const order = await stores.orders.lock(orderId);
  if (facts !== undefined && order.facts === null) await stores.orders.save({ ...order, facts });
  const evidence = evidenceOf(data);
  await openCase(stores, { kind, orderId, paymentSessionId, paymentId, reference, evidence, since: at, due });
  await recordMoney(stores, data, at);
}

async function recordMoney(stores: Stores, data: Attention, at: string): Promise<void> {
  const { orderId, kind: standing, paymentSessionId, paymentId, received, paidAt = at } = data;
  if (received === undefined || paymentSessionId === undefined || paymentId === undefined) return;
  if (!isCountable(received)) return;
  const known = await stores.payments.find({ paymentSessionId, paymentId });
  if (known !== undefined && known.amount !== null) return;
  await receive(stores, known, { orderId, paymentSessionId, paymentId, amount: received, paidAt, standing }, at);
}

/** Antom's own words need not be an amount; then they stand in the evidence alone. */
const isCountable = ({ value, currency }: NonNullable<Attention['received']>): boolean =>
  /^(0|[1-9]\d{0,15})$/.test(value) && /^[A-Z]{3}$/.test(currency);

const evidenceOf = ({ evidence, expected, received, paidAt }: Attention): Readonly<Record<string, string>> => ({
  ...evidence,
  ...(expected === undefined ? {} : { expected: `${expected.value} ${expected.currency}` }),
  ...(received === undefined ? {} : { received: `${received.value} ${received.currency}` }),
  ...(paidAt === undefined ? {} : { paidAt }),
});
