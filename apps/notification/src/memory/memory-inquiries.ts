import { type Inquiries } from '../application/ports.js';
import { type PlannedInquiry } from './memory-state.js';

/** When the next of them is due that is not under way. */
export function nextDueOf(table: ReadonlyMap<string, PlannedInquiry>, now: Date): Date | null {
  const free = [...table.values()].filter(({ leasedUntil }) => leasedUntil === null || leasedUntil <= now);
  return free.map(({ plan }) => plan.dueAt).sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

/**
 * @param openOf the payments of Antom's with open questions of an attempt
 * @param nextVersion a number that was never given before
 */
export function inquiriesIn(
  table: Map<string, PlannedInquiry>,
  openOf: (id: string) => string[],
  nextVersion: () => number,
): Inquiries {
  const isFree = ({ plan, leasedUntil }: PlannedInquiry, now: Date) =>
    plan.dueAt <= now && (leasedUntil === null || leasedUntil <= now);
  return {
    find: (id) => Promise.resolve(table.get(id)?.plan),
    plan: (id, plan) => {
      const unplanned = { version: 0, leasedUntil: null, rumourAt: null };
      table.set(id, { ...(table.get(id) ?? unplanned), plan });
      return Promise.resolve();
    },
    end: (id) => {
      if (openOf(id).length === 0) table.delete(id);
      return Promise.resolve();
    },
    claimDue: (now, until, limit) => {
      const due = [...table].filter(([, planned]) => isFree(planned, now));
      due.sort(([, a], [, b]) => a.plan.dueAt.getTime() - b.plan.dueAt.getTime());
      const leases = due.slice(0, limit).map(([id, planned]) => {
        const version = nextVersion();
        table.set(id, { ...planned, version, leasedUntil: until });
        return { id, plan: planned.plan, version: String(version), paymentIds: [...new Set(openOf(id))] };
      });
      return Promise.resolve(leases);
    },
    held: ({ id, version }) => {
      const planned = table.get(id);
      return Promise.resolve(String(planned?.version) === version ? planned?.plan : undefined);
    },
    goOn: ({ id, version }, plan) => {
      const planned = table.get(id);
      if (planned !== undefined && String(planned.version) === version)
        table.set(id, { ...planned, plan, leasedUntil: null });
      return Promise.resolve();
    },
  };
}
