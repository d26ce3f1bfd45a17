import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type BenchOptions } from '../cli/options.js';
import { root } from '../project-root.js';
import { type BenchResult } from '../run/bench.js';
import { plotPage } from './page.js';
import { proofFolder, writePerformancePage } from './performance.js';
import { profilePage } from './profile-page.js';
import { printTable } from './table.js';

/** Prints the table and keeps everything as JSON, and as a page with plots beside it. */
export async function writeResult(result: BenchResult, { out, name }: BenchOptions): Promise<void> {
  printTable(result);
  const folder = resolve(root, out);
  await mkdir(folder, { recursive: true });
  const file = join(folder, `bench-${name}`);
  for (const { stint, profile } of profilesOf(result))
    for (const each of profile.services) {
      const page = profilePage({ ...each, payments: profile.leg.paid });
      await writeFile(`${file}-${stint}-${each.service}.html`, page);
    }
  await writeFile(`${file}.json`, `${JSON.stringify(withoutProfiles(result))}\n`);
  await writeFile(`${file}.html`, plotPage(result));
  console.log(`${file}.json and .html; it took ${result.tookMinutes} minutes`);
  if (folder === proofFolder) await writePerformancePage();
  for (const reason of result.void) console.log(`void: ${reason}`);
}

const profilesOf = ({ stints }: BenchResult) =>
  stints.flatMap(({ system, run, profile }) => (profile ? [{ stint: `${system}-${run}`, profile }] : []));

/** Flame graphs have pages of their own. */
const withoutProfiles = (result: BenchResult) => ({
  ...result,
  stints: result.stints.map(({ profile, ...stint }) => ({
    ...stint,
    ...(profile && { profile: { leg: profile.leg } }),
  })),
});
