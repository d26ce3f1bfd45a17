import { type Outcome } from '@kasir/kernel';
import { type Case, isEndOfAttempt, type Resolution, resolveCase } from '../domain/case.js';
import { closeWhenEnded } from './close-when-ended.js';
import { type Stores } from './ports.js';

/** A case is dealt with, once. Where that is an end of its attempt, its order may close. */
export async function resolve(stores: Stores, found: Case, decided: Resolution): Promise<Outcome<Case>> {
  const { caseId, orderId, kind, paymentSessionId, paymentId } = found;
  const order = orderId === null ? undefined : await stores.orders.lock(orderId);
  const outcome = resolveCase(found, decided);
  if (outcome.kind !== 'moved') return outcome;
  if (!(await stores.cases.resolve(caseId, decided)))
    return { kind: 'repeated', thing: (await stores.cases.find(caseId)) ?? found };
  if (order === undefined) return outcome;
  const { resolution, reason, by, at } = decided;
  await stores.say({
    type: 'OrderAttentionResolved',
    identity: caseId,
    data: {
      ...{ orderId: order.id, caseId, kind, paymentSessionId, paymentId, resolution },
      openCases: await stores.cases.openOf(order.id),
      ...{ reason, by, resolvedAt: at },
    },
  });
  if (isEndOfAttempt({ kind, resolution })) await closeWhenEnded(stores, order);
  return outcome;
}
