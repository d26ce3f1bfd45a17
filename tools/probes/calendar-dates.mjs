/** Plants days in tests below a folder of its own and checks that those still to come are bitten, and only those. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { calendarDates } from '../check/calendar-dates.mjs';

const spec = 'apps/planted/src/planted.spec.ts';
const planted = [
  [spec, `const later = '2027-11-24T08:00:00Z';`],
  [spec, `const order = { expiresAt: "2030-01-01" };`],
  [spec, 'const later = `2099-01-01T${noon}`;'],
  [spec, `const later = new Date(2031, 0, 1);`],
  [spec, `const later = Date.UTC(2026, 11);`],
  ['libs/planted/src/lab.specs.ts', `export const later = '2027-01-01';`],
  ['libs/testing/src/planted.ts', `export const later = '2027-01-01';`],
  ['tools/drills/src/planted.ts', `export const later = '2027-01-01';`],
  ['tools/bench/planted.mjs', `export const later = '2027-01-01';`],
];
const innocent = [
  [spec, `const paidAt = '2026-01-01T00:00:00Z';`],
  [spec, `const past = Date.UTC(2026, 10, 22);`],
  [spec, `const later = inDays(2);`],
  [spec, `const paymentId = '2030010119';`],
  ['apps/planted/src/product.ts', `/** Such as 2030-01-01. */`],
];

const complaints = [
  ...planted.filter(([file, source]) => bites(file, source) === 0).map(([, source]) => `nothing bit ${source}`),
  ...innocent
    .filter(([file, source]) => bites(file, source) > 0)
    .map(([, source]) => `an innocent was bitten: ${source}`),
];
for (const complaint of complaints) console.error(`  ${complaint}`);
if (complaints.length > 0) process.exit(1);
console.log(`calendar dates: ${planted.length} planted days bitten, ${innocent.length} innocent lines left alone`);

function bites(file, source) {
  const folder = mkdtempSync(join(tmpdir(), 'kasir-planted-'));
  try {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${source}\n`);
    return calendarDates(folder).length;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
