import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Fact } from './facts.js';

/** Where facts are kept before anything is done about them. */
export interface FactLog {
  readonly earlier: readonly Fact[];
  append(fact: Fact): void;
  close(): void;
}

/** Forgets with the process. */
export const forgetfulLog = (): FactLog => ({ earlier: [], append: () => undefined, close: () => undefined });

/** Keeps facts as NDJSON in a folder. What was appended outlives a kill of this process. */
export function fileLog(folder: string): FactLog {
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, 'facts.ndjson'), 'a+');
  const earlier = readWholeLines(file);
  return {
    earlier,
    append: (fact) => void writeSync(file, `${JSON.stringify(fact)}\n`),
    close: () => closeSync(file),
  };
}

/** A line that a kill cut off was never acted upon: it is dropped from the file. */
function readWholeLines(file: number): Fact[] {
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf('\n') + 1;
  if (end < bytes.length) ftruncateSync(file, end);
  const lines = bytes.subarray(0, end).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Fact);
}
