import { existsSync, writeFileSync } from 'node:fs';
import { job } from './job.mjs';
import { keySets } from './key-sets.mjs';
import { secretOf } from './places.mjs';

/** Makes the sets of keys that are not there. A set of which a part is gone is not made anew: the other parts are in use. */
await job('keys', async (say) => {
  let made = 0;
  for (const { files, make } of keySets) {
    const missing = files.filter(([owner, name]) => !existsSync(secretOf(owner, name)));
    if (missing.length === 0) continue;
    if (missing.length < files.length) throw new Error(incomplete(missing[0]));
    const texts = make();
    files.forEach(([owner, name], index) => write(owner, secretOf(owner, name), texts[index]));
    made += files.length;
  }
  say(made === 0 ? 'every secret is in its place' : `made ${made} secret files`);
});

/** PostgreSQL runs under a number of its own; its volume is shown to nobody else but the jobs. */
function write(owner, file, text) {
  writeFileSync(file, `${text}\n`, { mode: owner === 'postgres' ? 0o444 : 0o400 });
}

function incomplete([owner, name]) {
  return (
    `${name} is missing from the volume secrets-${owner}, and what belongs to it is there; ` +
    `put it back, or begin anew with: docker compose down -v`
  );
}
