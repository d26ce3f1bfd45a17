import { userInfo } from 'node:os';
import { type Option, UsageError } from '../command.js';

/** Who decides, for the audit. */
export const decisionOptions = {
  by: { type: 'string', value: '<name>', help: 'who decides; the user of this machine when left out' },
  reason: { type: 'string', value: '<text>', help: 'why; it is kept for good' },
} as const satisfies Record<string, Option>;

/** @throws UsageError without a reason */
export function decisionOf({ by, reason }: { readonly by?: string; readonly reason?: string }) {
  if (reason === undefined || reason.trim() === '')
    throw new UsageError('--reason is needed: it is kept with the decision');
  return { by: by ?? userInfo().username, reason };
}
