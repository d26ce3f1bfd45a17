import { chooseParts } from './parts.js';
import { runParts } from './run-parts.js';
import { tableOf } from './table.js';

/** All of it has to fit into an hour. */
const limitMs = 3_600_000;

/**
 * The long run, or the parts of it that `args` choose. A signal ends it, with all that it started.
 * @returns whether every part passed
 * @throws Error for a part that there is not
 */
export async function runLong(args: readonly string[], root: string, folder: string): Promise<boolean> {
  const parts = chooseParts(args);
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ending.abort('interrupted'));
  const limit = setTimeout(() => ending.abort('the hour is over'), limitMs);
  const outcomes = await runParts(parts, { root, folder }, ending.signal, (line) => console.log(line));
  clearTimeout(limit);
  const seconds = outcomes.reduce((sum, outcome) => sum + outcome.seconds, 0);
  const passed = outcomes.filter(({ why }) => why === undefined);
  console.log(`\n${tableOf(outcomes)}`);
  console.log(`${passed.length} of ${outcomes.length} parts passed in ${(seconds / 60).toFixed(1)} min`);
  return passed.length === outcomes.length;
}
