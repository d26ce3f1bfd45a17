import { type DataOf, type PaymentEvent, type PaymentSessionEvent } from '@kasir/contracts';
import { advanceRefund, newRefund, type Refund, type RefundStep, wentBack } from '../domain/refund.js';
import { giveBack } from './give-back.js';
import { reopenCaseOf } from './open-case.js';
import { type Stores } from './ports.js';

type Told = Pick<Refund, 'id' | 'orderId' | 'paymentSessionId'> & Partial<Omit<Refund, 'status'>>;

export async function refundStarted(
  stores: Stores,
  { refundRequestId: id, ...data }: DataOf<PaymentSessionEvent, 'RefundStarted'>,
): Promise<void> {
  const { orderId, paymentSessionId, paymentId, amount } = data;
  await advance(stores, { id, orderId, paymentSessionId, paymentId, amount, caseId: data.caseId ?? null }, 'start');
}

export async function refundRejected(
  stores: Stores,
  { refundRequestId: id, ...data }: DataOf<PaymentSessionEvent, 'RefundRejected'>,
  at: string,
): Promise<void> {
  const { orderId, paymentSessionId, code, message } = data;
  if (await advance(stores, { id, orderId, paymentSessionId, caseId: data.caseId ?? null }, 'reject'))
    await reopenCaseOf(stores, id, `rejected: ${code} ${message}`, at);
}

export async function refundFailed(
  stores: Stores,
  { refundRequestId: id, ...data }: DataOf<PaymentEvent, 'RefundFailed'>,
  at: string,
): Promise<void> {
  const { orderId, paymentSessionId, paymentId, amount, code, message } = data;
  if (await advance(stores, { id, orderId, paymentSessionId, paymentId, amount }, 'fail'))
    await reopenCaseOf(stores, id, `failed: ${code} ${message}`, at);
}

export async function refundSucceeded(
  stores: Stores,
  { refundRequestId: id, refundedAt, ...payment }: DataOf<PaymentEvent, 'RefundSucceeded'>,
  at: string,
): Promise<void> {
  await recordBack(stores, { ...payment, id, origin: 'requested', at: refundedAt }, at);
  await reopenCaseOf(stores, id, 'succeeded, and some of the money is still here', at);
}

/** Money went back without a refund of ours: counted once, whichever source told of it. */
export const paymentReturned = (
  stores: Stores,
  { returnId: id, returnedAt, cause, evidence, ...payment }: DataOf<PaymentEvent, 'PaymentReturned'>,
  at: string,
): Promise<void> =>
  recordBack(stores, { ...payment, id, origin: 'unasked', at: returnedAt, returned: { cause, evidence } }, at);

export async function recordBack(stores: Stores, told: Told, at: string): Promise<void> {
  const back = await advance(stores, told, 'succeed');
  if (back !== undefined && wentBack(back)) await giveBack(stores, back, at);
}

/** @returns undefined where it is a repeat, or comes too late */
async function advance(stores: Stores, told: Told, step: RefundStep): Promise<Refund | undefined> {
  await stores.orders.lock(told.orderId);
  const moved = advanceRefund({ ...newRefund, ...(await stores.refunds.find(told.id)), ...told }, step);
  if (moved.kind !== 'moved') return undefined;
  await stores.refunds.save(moved.thing);
  return moved.thing;
}
