import { type Outcome } from '@kasir/kernel';
import { type Case, type Resolution, resolveCase } from '../domain/case.js';
import { type Stores } from './ports.js';

/** A case is dealt with, once. */
export async function resolve(stores: Stores, found: Case, decided: Resolution): Promise<Outcome<Case>> {
  const { caseId, orderId, kind, paymentSessionId, paymentId } = found;
  if (orderId !== null) await stores.orders.lock(orderId);
  const outcome = resolveCase(found, decided);
  if (outcome.kind !== 'moved') return outcome;
  if (!(await stores.cases.resolve(caseId, decided)))
    return { kind: 'repeated', thing: (await stores.cases.find(caseId)) ?? found };
  if (orderId === null) return outcome;
  const { resolution, reason, by, at } = decided;
  await stores.say({
    type: 'OrderAttentionResolved',
    identity: caseId,
    data: {
      ...{ orderId, caseId, kind, paymentSessionId, paymentId, resolution },
      openCases: await stores.cases.openOf(orderId),
      ...{ reason, by, resolvedAt: at },
    },
  });
  return outcome;
}
