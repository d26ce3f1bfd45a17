import { type Case, type Concern, newCase, reopenCase } from '../domain/case.js';
import { type Stores } from './ports.js';

/**
 * Puts a concern before a person, once, and says so where the order is one of ours.
 * @returns the case's id, and whether it is new
 */
export async function openCase(stores: Stores, concern: Concern): Promise<{ caseId: string; opened: boolean }> {
  const found = newCase(concern);
  const opened = await stores.cases.open(found);
  if (opened) await tellOpened(stores, found);
  return { caseId: found.caseId, opened };
}

/** The case that a refund was to resolve is for a person again. */
export async function reopenCaseOf(stores: Stores, refundRequestId: string, why: string, at: string): Promise<void> {
  const found = await stores.cases.waitingFor(refundRequestId);
  const reopened = found && reopenCase(found, why, at);
  if (reopened?.kind !== 'moved') return;
  await stores.cases.save(reopened.thing);
  await stores.cases.note(reopened.thing.caseId, { action: 'reopened', at, by: 'kasir', reason: why });
  await tellOpened(stores, reopened.thing);
}

async function tellOpened(stores: Stores, found: Case): Promise<void> {
  const { caseId, openings, orderId, evidence, due: dueAt } = found;
  if (orderId === null) return;
  await stores.publish({
    type: 'OrderNeedsAttention',
    identity: `${caseId}#${openings}`,
    data: { ...about(found, orderId), evidence, dueAt, openCases: await stores.cases.openOf(orderId) },
  });
}

/** A case as events name it. */
export const about = ({ caseId, kind, paymentSessionId, paymentId }: Case, orderId: string) => ({
  orderId,
  caseId,
  kind,
  ...(paymentSessionId === null ? {} : { paymentSessionId }),
  ...(paymentId === null ? {} : { paymentId }),
});
