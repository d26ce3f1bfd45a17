import { type Case, type Decision } from '../domain/case.js';
import { decideCase, type Decided } from './decide-case.js';
import { type CaseEntry, type CaseQuery, type Stores, type UnitOfWork } from './ports.js';

export interface CaseWithHistory extends Case {
  readonly history: readonly CaseEntry[];
}

/** What people may ask and decide about cases. A case that was never opened is undefined. */
export interface CaseDesk {
  list(query: CaseQuery): Promise<Case[]>;
  show(caseId: string): Promise<CaseWithHistory | undefined>;
  /** Gives a case to somebody; a resolved one stays as it is. */
  own(caseId: string, owner: string, words: Omit<Decision, 'resolution'>): Promise<Case | undefined>;
  /**
   * The answer tells who decided, and how; that may have been somebody else before.
   * @throws DecisionRefused where the resolution does not fit what is known
   */
  resolve(caseId: string, decided: Decided): Promise<Case | undefined>;
}

export const caseDesk = (work: UnitOfWork): CaseDesk => ({
  list: (query) => work.run(({ cases }) => cases.list(query)),

  show: (caseId) =>
    work.run(async ({ cases }) => {
      const found = await cases.find(caseId);
      return found && { ...found, history: await cases.history(caseId) };
    }),

  own: (caseId, owner, words) =>
    work.run(async (stores) => {
      const found = await take(stores, caseId);
      if (found === undefined || found.status === 'resolved') return found;
      const owned = { ...found, owner };
      await stores.cases.save(owned);
      await stores.cases.note(caseId, { action: 'owned', ...words, owner });
      return owned;
    }),

  resolve: (caseId, decided) =>
    work.run(async (stores) => {
      const found = await take(stores, caseId);
      return found?.status === 'open' ? decideCase(stores, found, decided) : found;
    }),
});

/** A case with the lock of its order, which comes first. */
async function take({ cases, orders }: Stores, caseId: string): Promise<Case | undefined> {
  const seen = await cases.find(caseId);
  if (seen === undefined) return undefined;
  if (seen.orderId !== null) await orders.lock(seen.orderId);
  return cases.lock(caseId);
}
