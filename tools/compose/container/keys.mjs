import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { job } from './job.mjs';
import { keySets } from './key-sets.mjs';
import { secretOf } from './places.mjs';

/**
 * Makes the sets of keys that are not there. Files of one name hold the same, so one that is gone is copied from its twin;
 * where there is no twin, nothing is made anew, because the other files of the set are in use.
 */
await job('keys', async (say) => {
  let made = 0;
  for (const { files, make } of keySets) {
    const missing = files.filter((file) => !isThere(file));
    if (missing.length === files.length) {
      const texts = make();
      files.forEach((file, index) => write(file, texts[index]));
    } else for (const file of missing) copyFileSync(secretOf(...twinOf(file, files)), secretOf(...file));
    made += missing.length;
  }
  say(made === 0 ? 'every secret is in its place' : `made ${made} secret files`);
});

function isThere(file) {
  return existsSync(secretOf(...file));
}

/** PostgreSQL runs under a number of its own; its volume is shown to nobody else but the jobs. */
function write(file, text) {
  const [owner] = file;
  writeFileSync(secretOf(...file), `${text}\n`, { mode: owner === 'postgres' ? 0o444 : 0o400 });
}

function twinOf([owner, name], files) {
  const twin = files.find((file) => file[1] === name && isThere(file));
  if (twin !== undefined) return twin;
  throw new Error(
    `${name} is missing from the volume secrets-${owner}, and what belongs to it is there; ` +
      `put it back, or begin anew with: docker compose down -v`,
  );
}
