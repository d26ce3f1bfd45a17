import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../project-root.js';
import { type BenchResult } from '../run/bench.js';
import { performancePage } from './performance-page.js';

export const proofFolder = join(root, 'docs', 'proof');

/** Prints docs/performance.md from the results in docs/proof: version 1, and the last full run of what is there now, or the last quick one. */
export async function writePerformancePage(): Promise<void> {
  const before = await resultIn('bench-payments-v1');
  const now = (await resultIn('bench-payments')) ?? (await resultIn('bench-payments-quick'));
  const page = performancePage({ ...(before && { before }), ...(now && { now }) });
  await writeFile(join(root, 'docs', 'performance.md'), page);
  console.log('written to docs/performance.md');
}

async function resultIn(name: string): Promise<BenchResult | undefined> {
  const text = await readFile(join(proofFolder, `${name}.json`), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as BenchResult);
}
