import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type BenchOptions } from '../cli/options.js';
import { root } from '../root.js';
import { type BenchResult } from '../run/bench.js';
import { plotPage } from './page.js';
import { proofFolder, writePerformancePage } from './performance.js';
import { printTable } from './table.js';

/** Prints the table and keeps everything as JSON, and as a page with plots beside it. */
export async function writeResult(result: BenchResult, { out, name }: BenchOptions): Promise<void> {
  printTable(result);
  const folder = resolve(root, out);
  await mkdir(folder, { recursive: true });
  const file = join(folder, `bench-${name}`);
  await writeFile(`${file}.json`, `${JSON.stringify(result)}\n`);
  await writeFile(`${file}.html`, plotPage(result));
  console.log(`${file}.json and .html; it took ${result.tookMinutes} minutes`);
  if (folder === proofFolder) await writePerformancePage();
  for (const reason of result.void) console.log(`void: ${reason}`);
}
