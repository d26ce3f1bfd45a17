import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type BenchOptions } from '../cli/options.js';
import { root } from '../root.js';
import { type BenchResult } from '../run/bench.js';
import { printTable } from './table.js';

/** Prints the table and keeps everything as JSON, and as a page with plots beside it. */
export async function writeResult(result: BenchResult, { out, name }: BenchOptions): Promise<void> {
  printTable(result);
  const folder = resolve(root, out);
  await mkdir(folder, { recursive: true });
  const file = join(folder, `bench-${name}.json`);
  await writeFile(file, `${JSON.stringify(result, undefined, 1)}\n`);
  console.log(`${file}; it took ${result.tookMinutes} minutes`);
  for (const reason of result.void) console.log(`void: ${reason}`);
}
