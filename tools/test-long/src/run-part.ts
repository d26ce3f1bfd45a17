import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startGroup } from './group.js';
import { type Part } from './parts.js';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** What became of a part. */
export interface Outcome {
  readonly name: string;
  readonly seconds: number;
  /** What it counted, where it came so far. */
  readonly counts?: Counts;
  /** Why it has failed. */
  readonly why?: string;
  /** What it has proven, as seen from the root. */
  readonly proof?: string;
}

/** Where a run takes place. */
export interface Place {
  /** The repository. */
  readonly root: string;
  /** A folder of this run alone. */
  readonly folder: string;
  /** How long a part that is to end may take for it, in milliseconds. */
  readonly graceMs?: number;
}

/** Runs one part to its end, or until `signal` says that it is to end; its reason is why then. */
export async function runPart(part: Part, { root, folder, graceMs = 15_000 }: Place, signal: AbortSignal) {
  const began = Date.now();
  const countsFile = join(folder, `${part.name}.counts.json`);
  const env = { ...process.env, ...part.env, KASIR_COUNTS: countsFile };
  const args = [...process.execArgv, join(root, part.script), ...(part.args ?? [])];
  const group = startGroup(process.execPath, args, { cwd: root, env, graceMs });
  const stop = (): void => void group.stop();
  signal.addEventListener('abort', stop);
  const code = await group.ended.finally(() => signal.removeEventListener('abort', stop));
  const counts = read<Counts>(countsFile);
  const proof = `docs/proof/${part.proof}.json`;
  const proven = Date.parse(read<{ date: string }>(join(root, proof))?.date ?? '') >= began;
  const why = signal.aborted ? String(signal.reason) : complaintAbout(code, counts, proven, proof);
  return {
    name: part.name,
    seconds: Math.round((Date.now() - began) / 1_000),
    ...(counts === undefined ? {} : { counts }),
    ...(why === undefined ? { proof } : { why }),
  } satisfies Outcome;
}

function complaintAbout(code: number, counts: Counts | undefined, proven: boolean, proof: string): string | undefined {
  if (code !== 0) return `exit code ${code}`;
  if (counts === undefined) return 'it told no counts';
  if (counts.failed > 0) return 'it ended well although something failed';
  if (counts.passed === 0) return 'it tried nothing';
  return proven ? undefined : `it left no ${proof}`;
}

const read = <Content>(file: string): Content | undefined =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Content) : undefined;
