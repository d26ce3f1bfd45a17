import { type OutgoingRecord } from '../broker.js';

/** kafkajs makes one record batch per partition and call, and a broker takes 1,048,588 bytes of it by default. */
const maxBytes = 900_000;
export const maxRecords = 1_000;

const sizeOf = ({ key, body, headers }: OutgoingRecord): number =>
  Object.entries(headers).reduce(
    (sum, [name, value]) => sum + name.length + Buffer.byteLength(String(value)),
    Buffer.byteLength(key) + Buffer.byteLength(body),
  );

/** The longest beginning of the rows that one call may carry; a single row is always taken. */
export function firstBatch<Row extends OutgoingRecord>(rows: readonly Row[]): Row[] {
  let bytes = 0;
  const end = rows.slice(0, maxRecords).findIndex((row, index) => (bytes += sizeOf(row)) > maxBytes && index > 0);
  return rows.slice(0, end === -1 ? maxRecords : end);
}
