import { type Part } from './parts.js';
import { type Outcome, type Place, runPart } from './run-part.js';

const minute = 60_000;

/**
 * Runs parts one after the other, also after one that fails.
 * @param signal ends the run; what has not begun by then has failed, too
 * @param say hears where the run is, at every beginning and every minute
 */
export async function runParts(
  parts: readonly Part[],
  place: Place,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [index, part] of parts.entries()) {
    const where = `part ${index + 1} of ${parts.length}: ${part.name}`;
    outcomes.push(signal.aborted ? notBegun(part) : await told(where, say, () => runPart(part, place, signal)));
  }
  return outcomes;
}

const notBegun = ({ name }: Part): Outcome => ({ name, seconds: 0, why: 'not begun' });

async function told(where: string, say: (line: string) => void, run: () => Promise<Outcome>): Promise<Outcome> {
  const began = Date.now();
  const since = new Date(began).toTimeString().slice(0, 8);
  say(`== ${where}, since ${since}`);
  const minutes = () => Math.round((Date.now() - began) / minute);
  const tick = setInterval(() => say(`== ${where}, since ${since}: ${minutes()} min`), minute);
  const outcome = await run().finally(() => clearInterval(tick));
  say(`== ${where} ${outcome.why === undefined ? 'passed' : `FAILED: ${outcome.why}`} (${outcome.seconds} s)`);
  return outcome;
}
