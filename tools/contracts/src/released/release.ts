import { join } from 'node:path';
import { type TopicContract } from '@kasir/contracts';
import { writeJson } from '../write-json.js';
import { judge } from './judge.js';
import { hashOf, indexFile, readReleases } from './releases.js';

/**
 * Writes the schemas that have not been released yet; what was released is never touched.
 * @returns the files it wrote
 * @throws Error when a contract breaks what was released, or a released file is not as it was; nothing is written then
 */
export async function release(folder: string, topics: readonly TopicContract[]): Promise<readonly string[]> {
  const releases = readReleases(folder);
  const { due, complaints } = judge(topics, releases);
  if (complaints.length > 0)
    throw new Error(`nothing was released. A breaking change needs a new topic.\n${complaints.join('\n')}`);
  for (const { file, schema } of due) await writeJson(join(folder, file), schema, { flag: 'wx' });
  const added = due.map(({ file, schema }) => [file, hashOf(schema)] as const);
  const lines = [...Object.entries(releases.index), ...added].sort(([a], [b]) => (a < b ? -1 : 1));
  if (added.length > 0) await writeJson(join(folder, indexFile), Object.fromEntries(lines));
  return due.map(({ file }) => file);
}
