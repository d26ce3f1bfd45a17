import { type ReceivedPayment } from '../domain/payment.js';
import { type MoneyBack } from '../domain/refund.js';
import { compareRow, type Difference, missingInFile, referenceOf, type SettledRow } from '../domain/settlement.js';
import { openCase } from './open-case.js';
import { type Stores, type UnitOfWork } from './ports.js';

/** A difference with the case that it is put before a person as. */
export interface Reported extends Difference {
  readonly caseId: string;
  /** False where the case was opened by an earlier run. */
  readonly opened: boolean;
  /** Undefined for what no file names. */
  readonly line: number | undefined;
  readonly orderId: string | null;
  readonly paymentSessionId: string;
  readonly paymentId: string;
  readonly refundRequestId: string | undefined;
}

interface Run {
  readonly file: string;
  /** ISO 8601 */
  readonly at: string;
}

/** Compares rows of a settlement file with our own books. What differs becomes a case, once, however often it is compared. */
export async function reconcile(work: UnitOfWork, rows: readonly SettledRow[], run: Run): Promise<Reported[]> {
  const reported: Reported[] = [];
  for (const row of rows) {
    const found = await work.run((stores) => reconcileRow(stores, row, run));
    if (found !== undefined) reported.push(found);
  }
  return reported;
}

/** What came or went in a period and stands in none of the files that were compared so far. */
export async function reconcileMissing(work: UnitOfWork, from: Date, to: Date, run: Run): Promise<Reported[]> {
  const missing = await work.run(({ books }) => books.unsettled(from, to));
  const reported: Reported[] = [];
  for (const each of missing)
    reported.push(await work.run((stores) => report(stores, subjectOf(each), missingInFile(each), run)));
  return reported;
}

async function reconcileRow(stores: Stores, row: SettledRow, run: Run): Promise<Reported | undefined> {
  const recorded = await stores.books.recorded(row);
  const orderId = recorded.payments[0]?.orderId ?? (await orderNamed(stores, row.orderId));
  await stores.books.settled(row, run.file);
  const difference = compareRow(row, { ...recorded, orderId });
  return difference && report(stores, { ...row, orderId }, difference, run);
}

/** A file may name any order; only of ours there is something to say. */
const orderNamed = async ({ orders }: Stores, orderId: string | undefined): Promise<string | null> =>
  orderId !== undefined && (await orders.knows(orderId)) ? orderId : null;

interface Subject {
  readonly line?: number;
  readonly orderId: string | null;
  readonly paymentSessionId: string;
  readonly paymentId: string;
  readonly refundRequestId?: string | undefined;
}

async function report(stores: Stores, subject: Subject, difference: Difference, { file, at }: Run): Promise<Reported> {
  const { line, orderId, paymentSessionId, paymentId, refundRequestId } = subject;
  const { finding, ours, theirs } = difference;
  const { caseId, opened } = await openCase(stores, {
    kind: 'settlement-difference',
    orderId,
    paymentSessionId,
    paymentId,
    reference: `${referenceOf(subject)}/${finding}`,
    evidence: {
      finding,
      ours,
      theirs,
      file: line === undefined ? file : `${file}, line ${line}`,
      ...(refundRequestId === undefined ? {} : { refundRequestId }),
    },
    since: at,
  });
  return { ...difference, caseId, opened, line, orderId, paymentSessionId, paymentId, refundRequestId };
}

const subjectOf = (each: ReceivedPayment | MoneyBack): Subject => ({
  orderId: each.orderId,
  paymentSessionId: each.paymentSessionId,
  paymentId: each.paymentId,
  ...('id' in each ? { refundRequestId: each.id } : {}),
});
