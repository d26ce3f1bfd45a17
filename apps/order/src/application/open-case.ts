import { type Concern, newCase } from '../domain/case.js';
import { type Stores } from './ports.js';

/**
 * Puts a concern before a person, once, and says so where the order is one of ours.
 * @returns the case's id, and whether it is new
 */
export async function openCase(stores: Stores, concern: Concern): Promise<{ caseId: string; opened: boolean }> {
  const found = newCase(concern);
  const { caseId, kind, orderId, paymentSessionId, paymentId, evidence } = found;
  const opened = await stores.cases.open(found);
  if (opened && orderId !== null)
    await stores.say({
      type: 'OrderNeedsAttention',
      identity: caseId,
      data: { orderId, caseId, kind, paymentSessionId, paymentId, evidence },
    });
  return { caseId, opened };
}
