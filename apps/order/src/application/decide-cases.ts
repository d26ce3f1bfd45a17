import { type Case } from '../domain/case.js';
import { type CaseEntry, type CaseQuery, type UnitOfWork } from './ports.js';
import { resolve } from './resolve-case.js';

export interface CaseWithHistory extends Case {
  readonly history: readonly CaseEntry[];
}

interface Words {
  readonly by: string;
  readonly reason: string;
  /** ISO 8601 */
  readonly at: string;
}

/** What people may ask and decide about cases. A case that nobody opened is undefined. */
export interface CaseDesk {
  list(query: CaseQuery): Promise<Case[]>;
  show(caseId: string): Promise<CaseWithHistory | undefined>;
  /** Gives a case to somebody; a resolved one stays as it is. */
  own(caseId: string, owner: string, words: Words): Promise<Case | undefined>;
  /** The answer tells who resolved it, and how; that may have been somebody else before. */
  resolve(caseId: string, resolution: string, words: Words): Promise<Case | undefined>;
}

export const caseDesk = (work: UnitOfWork): CaseDesk => ({
  list: (query) => work.run(({ cases }) => cases.list(query)),

  show: (caseId) =>
    work.run(async ({ cases }) => {
      const found = await cases.find(caseId);
      return found && { ...found, history: await cases.history(caseId) };
    }),

  own: (caseId, owner, words) =>
    work.run(async ({ cases }) => {
      const found = await cases.find(caseId);
      if (found === undefined || found.status === 'resolved') return found;
      await cases.own(caseId, owner, words);
      return { ...found, owner };
    }),

  resolve: (caseId, resolution, words) =>
    work.run(async (stores) => {
      const found = await stores.cases.find(caseId);
      return found && (await resolve(stores, found, { resolution, ...words })).thing;
    }),
});
