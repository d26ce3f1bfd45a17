import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type JsonSchema } from '../json-schema.js';

export const releasedFolder = fileURLToPath(new URL('../../../../libs/contracts/released/', import.meta.url));
export const indexFile = 'index.json';

/** One schema that was given out. The second of a major version is `OrderPaid.v1.2.json`, and it only adds to the first. */
export interface Release {
  readonly file: string;
  readonly type: string;
  readonly major: number;
  readonly revision: number;
  readonly schema: JsonSchema;
}

/** File to the hash of what it says, whatever its layout. */
type Index = Readonly<Record<string, string>>;

export interface Releases {
  /** By type, oldest first. */
  readonly all: readonly Release[];
  readonly index: Index;
  /** What is no longer as it was when it was released. */
  readonly complaints: readonly string[];
}

export const fileOf = ({ type, major, revision }: Omit<Release, 'file' | 'schema'>): string =>
  revision === 1 ? `${type}.v${major}.json` : `${type}.v${major}.${revision}.json`;

export const hashOf = (schema: JsonSchema): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(schema)))
    .digest('hex');

/** Reads what was released and says what has happened to it since. */
export function readReleases(folder: string): Releases {
  const files = readdirSync(folder).filter((file) => file !== indexFile);
  const index = readJson(folder, indexFile) as Index;
  const all = files.flatMap((file) => readRelease(folder, file) ?? []).sort(byTypeAndAge);
  const read = new Map(all.map((release) => [release.file, release]));
  const complaints = [...new Set([...files, ...Object.keys(index)])].sort().flatMap((file) => {
    const release = read.get(file);
    if (!files.includes(file)) return [`${file} was released and is gone: bring it back`];
    if (release === undefined) return [`${file} is not named like a release, such as OrderPaid.v1.json`];
    if (!(file in index)) return [`${file} was not written by contracts:release: ${indexFile} does not know it`];
    return hashOf(release.schema) === index[file] ? [] : [`${file} was released and has been changed: put it back`];
  });
  return { all, index, complaints };
}

function readRelease(folder: string, file: string): Release | undefined {
  const [, type, major, revision = '1'] = /^(\w+)\.v(\d+)(?:\.(\d+))?\.json$/.exec(file) ?? [];
  if (type === undefined) return undefined;
  return {
    file,
    type,
    major: Number(major),
    revision: Number(revision),
    schema: readJson(folder, file) as JsonSchema,
  };
}

const readJson = (folder: string, file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));

const byTypeAndAge = (a: Release, b: Release): number =>
  a.type.localeCompare(b.type) || a.major - b.major || a.revision - b.revision;

/** The same content, whatever the order in which it was written. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}
