import { type Outcome } from './run-part.js';

/** One line for each part: how long it took, what it counted, and its proof or why there is none. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const rows = [
    ['part', 'seconds', 'passed', 'failed', 'proof'],
    ...outcomes.map(({ name, seconds, counts, proof, why }) => [
      name,
      String(seconds),
      String(counts?.passed ?? '–'),
      String(counts?.failed ?? '–'),
      proof ?? `FAILED: ${why}`,
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)));
  return rows.map((row) => line(row).join('  ')).join('\n');
}
