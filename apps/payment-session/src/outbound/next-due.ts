import { type Tx } from '@kasir/messaging';
import { type DueKind } from '../application/ports.js';
import { attemptJobs } from './attempt.repository.js';
import { cancelJobs } from './cancel.repository.js';
import { orderJobs } from './order.repository.js';
import { refundJobs } from './refund.repository.js';

type Times = Record<DueKind, Date | null>;

/** How soon to look again whether the broker has acknowledged the CancelStarted of a cancel that is due, in milliseconds. */
const acknowledgementPollMs = 250;

const earliest = ({ name, open }: { readonly name: string; readonly open: string }): string =>
  `(select min(next_try_at) from ${name} where ${open})`;

const { name, open, claimable } = cancelJobs;
const earliestCancel = `(select min(case when ${claimable} then cancel_due_at else greatest(cancel_due_at, $1::timestamptz) end)
   from ${name} where ${open})`;

const sql = `select ${earliest(attemptJobs)} as sessions, ${earliestCancel} as cancels,
  ${earliest(refundJobs)} as refunds, ${earliest(orderJobs)} as seals`;

/** When the next row of each kind is due: one statement, which reads one entry of each kind's index. */
export const nextDue =
  (committed: Tx) =>
  async (now: Date): Promise<Times> =>
    (await committed.query<Times>(sql, [new Date(now.getTime() + acknowledgementPollMs)]))[0]!;
