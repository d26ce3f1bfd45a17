/** Results of long runs, kept in docs/proof: what was measured, on which commit, when. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { root } from './bootstrap/project-root.mjs';

/** Writes docs/proof/<name>.json and says so. `command` is how anybody gets the same. */
export async function writeProof(name, command, results) {
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  const proof = { commit, date: new Date().toISOString(), command, node: process.version, ...results };
  const folder = join(root, 'docs', 'proof');
  mkdirSync(folder, { recursive: true });
  const text = await format(JSON.stringify(proof), { parser: 'json', printWidth: 120 });
  writeFileSync(join(folder, `${name}.json`), text);
  console.log(`written to docs/proof/${name}.json`);
}
