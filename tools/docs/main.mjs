/** Prints what the documentation takes from the code. With --check it writes nothing, and fails where a page is stale. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bootstrap/project-root.mjs';
import { aclTable } from './acls.mjs';
import { missingInCompose } from './compose-settings.mjs';
import { configurationTables } from './configuration.mjs';
import { replaceBlock } from './pages.mjs';
import { stateDiagrams } from './states.mjs';
import { topicTable } from './topics.mjs';

const blocks = [
  { page: 'docs/configuration.md', name: 'settings', print: configurationTables },
  { page: 'docs/production.md', name: 'topics', print: topicTable },
  { page: 'docs/production.md', name: 'acls', print: aclTable },
  { page: 'docs/states.md', name: 'states', print: stateDiagrams },
];
const complaints = await missingInCompose();
const checking = process.argv.includes('--check');

for (const { page, name, print } of blocks) {
  const file = join(root, page);
  const text = readFileSync(file, 'utf8');
  const fresh = replaceBlock(text, name, await print());
  if (fresh === text) continue;
  if (checking) complaints.push(`${page} is stale: run npm run docs:settings`);
  else {
    writeFileSync(file, fresh);
    console.log(`wrote ${page}`);
  }
}
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length === 0 ? 0 : 1;
