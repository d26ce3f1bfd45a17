import { type DataOf, type OrderEvent } from '@kasir/contracts';
import { type EventContext, type ReadBack } from '@kasir/messaging';
import { openCase } from '../application/open-case.js';
import { type Stores } from '../application/ports.js';
import { resolve } from '../application/resolve-case.js';

type Of<Type extends OrderEvent['type']> = Extract<OrderEvent, { type: Type }>;

/** For a replay: cases that a settlement file opened and that people resolved stand on our own topic alone. */
export const readBack = (storesIn: (tx: EventContext['tx']) => Stores): ReadBack => ({
  OrderNeedsAttention: async ({ data, time }: Of<'OrderNeedsAttention'>, { tx }) => {
    await openCase(storesIn(tx), { ...data, ...referenceIn(data), since: time });
  },
  OrderAttentionResolved: async ({ data }: Of<'OrderAttentionResolved'>, { tx }) => {
    const stores = storesIn(tx);
    const { caseId, resolution, reason, by, resolvedAt: at } = data;
    const found = await stores.cases.find(caseId);
    if (found !== undefined) await resolve(stores, found, { resolution, reason, by, at });
  },
});

/** What stands in a case's id behind its kind and its payment session. */
function referenceIn({ caseId, paymentSessionId }: DataOf<OrderEvent, 'OrderNeedsAttention'>): { reference?: string } {
  const [, reference] = caseId?.split(`/${paymentSessionId}/`) ?? [];
  return reference === undefined ? {} : { reference };
}
