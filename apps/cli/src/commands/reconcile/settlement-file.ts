import { CsvProblem, type CsvRecord, parseCsv } from './csv.js';
import { type Field, type Layout, type RowKind } from './layouts.js';

/** One row, as the order service takes it. */
export interface SettledRow {
  readonly line: number;
  readonly kind: RowKind;
  readonly orderId?: string;
  readonly paymentSessionId: string;
  readonly paymentId: string;
  readonly refundRequestId?: string;
  readonly amount: { readonly value: string; readonly currency: string };
  readonly inquiry?: string;
}

export interface SettlementFile {
  readonly rows: readonly SettledRow[];
  /** How many rows were of kinds that we keep no books of. */
  readonly skipped: number;
}

const id = { pattern: /^[A-Za-z0-9_.:-]{1,64}$/, must: 'must be 1 to 64 letters, digits or _ . : -' };
const rules: Readonly<Record<Field, { readonly pattern: RegExp; readonly must: string }>> = {
  orderId: id,
  paymentSessionId: { pattern: /^[A-Za-z0-9_-]{1,64}$/, must: 'must be 1 to 64 letters, digits, _ or -' },
  paymentId: id,
  refundRequestId: id,
  value: { pattern: /^\d{1,16}$/, must: 'must be minor units as digits, such as 16000 for 160.00 THB' },
  currency: { pattern: /^[A-Z]{3}$/, must: 'must be an ISO 4217 code' },
  inquiry: { pattern: /^[A-Z_]{1,32}$/, must: 'must be a status as Antom writes it, such as SUCCESS' },
};

/** Reads a whole file, or nothing of it. @throws CsvProblem naming line and column */
export function readSettlement(text: string, layout: Layout): SettlementFile {
  const [head, ...records] = withoutEndMark(parseCsv(text), layout);
  if (head === undefined) throw new CsvProblem(1, 1, 'the file is empty; its first line names the columns');
  const columns = columnsOf(head, layout);
  const seen = new Map<string, number>();
  const rows: SettledRow[] = [];
  for (const record of records) {
    const row = rowOf(record, columns, layout);
    if (row !== undefined) rows.push(once(row, seen));
  }
  return { rows, skipped: records.length - rows.length };
}

function withoutEndMark(records: readonly CsvRecord[], { endMark }: Layout): readonly CsvRecord[] {
  if (endMark === undefined) return records;
  const last = records.at(-1);
  if (last?.fields[0] === endMark) return records.slice(0, -1);
  throw new CsvProblem(last?.line ?? 1, 1, `the last line is not ${endMark}: the file was cut off`);
}

type Columns = ReadonlyMap<string, number>;

function columnsOf({ line, fields }: CsvRecord, { kind, columns, optional }: Layout): Columns {
  const found = new Map(fields.map((name, index) => [name.trim(), index]));
  if (found.size < fields.length) throw new CsvProblem(line, 1, 'two columns have the same name');
  const needed = [kind.column, ...Object.values(columns).flatMap((each) => Object.values(each))];
  const missing = needed.find((name) => !found.has(name) && !optional.includes(name));
  if (missing !== undefined) throw new CsvProblem(line, fields.length + 1, `there is no column ${missing}`);
  return found;
}

function rowOf({ line, fields }: CsvRecord, columns: Columns, layout: Layout): SettledRow | undefined {
  if (fields.length !== columns.size)
    throw new CsvProblem(
      line,
      Math.min(fields.length, columns.size) + 1,
      `there are ${fields.length} fields, and the first line names ${columns.size} columns`,
    );
  const at = (column: string | undefined): string =>
    column === undefined ? '' : (fields[columns.get(column) ?? -1] ?? '').trim();
  const word = at(layout.kind.column).toLowerCase();
  if (layout.kind.skipped.includes(word)) return undefined;
  const kind = layout.kind.words[word];
  if (kind === undefined)
    throw new CsvProblem(line, columns.get(layout.kind.column)! + 1, `"${word}" is no kind of row that we know`);
  const names = layout.columns[kind];
  const read = (field: Field): string => {
    const [column = '', value] = [names[field], at(names[field])];
    if (rules[field].pattern.test(value)) return value;
    throw new CsvProblem(line, (columns.get(column) ?? -1) + 1, `${column} ${rules[field].must}`);
  };
  const optionally = (field: Field) => (at(names[field]) === '' ? {} : { [field]: read(field) });
  return {
    line,
    kind,
    paymentSessionId: read('paymentSessionId'),
    paymentId: read('paymentId'),
    amount: { value: read('value'), currency: read('currency') },
    ...(kind === 'refund' ? { refundRequestId: read('refundRequestId') } : {}),
    ...optionally('orderId'),
    ...optionally('inquiry'),
  };
}

/** A payment that is settled twice is a matter for Antom, and must not hide as one row of two. */
function once(row: SettledRow, seen: Map<string, number>): SettledRow {
  const name = `${row.kind} ${row.refundRequestId ?? row.paymentId}`;
  const before = seen.get(name);
  if (before !== undefined) throw new CsvProblem(row.line, 1, `the ${name} stands in line ${before} already`);
  seen.set(name, row.line);
  return row;
}
