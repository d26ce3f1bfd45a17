import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../bootstrap/project-root.mjs';

/** Prints the table and keeps everything as JSON. */
export async function report(name, result, out) {
  console.table(
    Object.fromEntries(
      result.lines.map(({ what, value, unit, demand, ok }) => [
        what,
        { measured: `${value}${unit === '' ? '' : ` ${unit}`}`, demand, ok },
      ]),
    ),
  );
  const folder = join(root, out);
  await mkdir(folder, { recursive: true });
  const file = join(folder, `bench-${name}.json`);
  await writeFile(file, `${JSON.stringify({ measuredAt: new Date().toISOString(), ...result }, null, 2)}\n`);
  console.log(
    `${file}: commit ${result.machine.commit}${result.machine.changed ? ' with changes' : ''}, load before ${result.machine.loadBefore.toFixed(1)}`,
  );
}
