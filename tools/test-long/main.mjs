/** Every long proof, one after the other. `--only fuzz,drills` for some. Each part writes docs/proof/<name>.json. */
import { root } from '../bootstrap/project-root.mjs';
import { claimTestFolder } from '../test/test-folder.mjs';
import { runLong } from './dist/index.js';

const folder = claimTestFolder();
const good = await runLong(process.argv.slice(2), root, folder.path).catch((error) => {
  console.error(error.message);
  return false;
});
await folder.remove();
process.exit(good ? 0 : 1);
