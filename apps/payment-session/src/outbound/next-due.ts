import { type Tx } from '@kasir/messaging';
import { type DueKind } from '../application/ports.js';
import { attemptJobs } from './attempt.repository.js';
import { cancelJobs } from './cancel.repository.js';
import { type JobTable } from './due.js';
import { orderJobs } from './order.repository.js';
import { refundJobs } from './refund.repository.js';

type Times = Record<DueKind, Date | null>;

const earliest = ({ name, open }: Pick<JobTable, 'name' | 'open'>): string =>
  `(select min(next_try_at) from ${name} where ${open})`;

const sql = `select ${earliest(attemptJobs)} as sessions, ${earliest(cancelJobs)} as cancels,
  ${earliest(refundJobs)} as refunds, ${earliest(orderJobs)} as seals`;

/** When the next row of each kind is due: one statement, which reads one entry of each kind's index. */
export const nextDue = (committed: Tx) => async (): Promise<Times> => (await committed.query<Times>(sql))[0]!;
