import { type Money, type Outcome } from '@kasir/kernel';
import { type Case, caseIdOf, type Decision, refundCase, resolveCase } from '../domain/case.js';
import { type ReceivedPayment } from '../domain/payment.js';
import { about } from './open-case.js';
import { type Stores } from './ports.js';

interface Details {
  readonly amount?: Money | undefined;
  readonly reference?: string | undefined;
}

/** A case is dealt with, once. */
export const resolve = (stores: Stores, found: Case, decision: Decision, details?: Details): Promise<Case> =>
  keep(stores, resolveCase(found, decision), decision, details);

/** A case is decided, and stays until the money is back. */
export const resolveByRefund = (
  stores: Stores,
  found: Case,
  decision: Decision,
  { refundRequestId, amount }: { readonly refundRequestId: string; readonly amount: Money },
): Promise<Case> => keep(stores, refundCase(found, refundRequestId, decision), decision, { amount });

async function keep(stores: Stores, { kind, thing }: Outcome<Case>, decision: Decision, details: Details = {}) {
  const { caseId, orderId, openings, status, refundRequestId } = thing;
  if (kind !== 'moved' || status === 'open') return thing;
  const { resolution, reason, by, at } = decision;
  await stores.cases.save(thing);
  await stores.cases.note(caseId, { action: status, at, by, reason, resolution });
  if (orderId === null) return thing;
  await stores.publish({
    type: 'OrderAttentionResolved',
    identity: `${caseId}#${openings}#${status}`,
    data: {
      ...about(thing, orderId),
      ...{ resolution, status, ...details, reason, by, resolvedAt: at },
      ...(refundRequestId === null ? {} : { refundRequestId }),
      openCases: await stores.cases.openOf(orderId),
    },
  });
  return thing;
}

/** What stays with a person although the money is back: whether the order may go on. */
const staysOpen = ['paid', 'returned', 'other-amount'];

/** All of a payment is back: that resolves each case that waits for it, and the one about money that pays nothing. */
export async function resolveMoneyCases(
  stores: Stores,
  { standing, paymentSessionId, paymentId }: ReceivedPayment,
  lastRefundId: string,
  at: string,
): Promise<void> {
  const ownCase = caseIdOf({ kind: standing, paymentSessionId, paymentId });
  const reason = `all of it went back to the buyer, last by ${lastRefundId}`;
  for (const found of await stores.cases.unresolvedOf({ paymentSessionId, paymentId }))
    if (found.status === 'refunding' || (found.caseId === ownCase && !staysOpen.includes(standing)))
      await resolve(stores, found, { resolution: 'refund', reason, by: 'kasir', at });
}
