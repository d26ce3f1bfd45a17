import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Whatever has not ended by then is ended, and has found nothing. */
const timeoutMs = 240_000;

/**
 * Runs tests of a tree, those of one spec together.
 * @param tests `{ spec, name, title }`
 * @returns what became of each test whose name was asked for: `{ spec, title, outcome, why }`, in which outcome is 'green',
 *   'red' (an assertion failed) or 'broken' (an error, a time-out, a program that does not load)
 */
export async function runTests({ path }, tests, env, results) {
  const specs = [...new Set(tests.map(({ spec }) => spec))];
  const outcomes = [];
  for (const spec of specs) {
    const names = tests.filter((test) => test.spec === spec).map(titleOf);
    outcomes.push(...(await runSpec(path, spec, [...new Set(names)], env, results)));
  }
  return outcomes;
}

async function runSpec(path, spec, names, env, results) {
  const folder = mkdtempSync(join(results, 'run-'));
  const project = spec.split('/').slice(0, 2).join('/');
  const pattern = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  await jest(join(path, project), [relative(project, spec), '--ci', '-t', pattern], {
    ...env,
    KASIR_TEST_RESULTS: folder,
  });
  const [report] = readdirSync(folder);
  if (report === undefined || !existsSync(join(folder, report)))
    return names.map((name) => ({ spec, title: name, outcome: 'broken', why: 'it left no report' }));
  return outcomesIn(JSON.parse(readFileSync(join(folder, report), 'utf8')), spec, names);
}

/** In a group of its own, which ends with it. */
function jest(cwd, args, env) {
  const child = spawn(process.execPath, [join(cwd, '..', '..', 'tools', 'jest.mjs'), ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: 'ignore',
    detached: true,
  });
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      process.off('exit', end);
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // nothing was left
      }
      resolve();
    };
    const timer = setTimeout(end, timeoutMs);
    process.on('exit', end);
    child.on('exit', end);
  });
}

function outcomesIn({ testResults }, spec, names) {
  const ran = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status, fullName }) => status !== 'pending' && names.some((name) => fullName.includes(name)))
    .map((result) => ({ spec, title: result.fullName, ...outcomeOf(result) }));
  const missing = names.filter((name) => !ran.some(({ title }) => title.includes(name)));
  const why = firstLine(testResults.map(({ message }) => message).join('\n')) || 'it did not run';
  return [...ran, ...missing.map((name) => ({ spec, title: name, outcome: 'broken', why }))];
}

function outcomeOf({ status, failureMessages, failureDetails }) {
  if (status === 'passed') return { outcome: 'green' };
  const byMatcher = failureDetails.some(({ matcherResult }) => matcherResult !== undefined);
  const why = firstLine(failureMessages.join('\n'));
  return { outcome: byMatcher || why.startsWith('Error: expect(') ? 'red' : 'broken', why };
}

const firstLine = (text) =>
  text
    // eslint-disable-next-line no-control-regex
    .replace(/\u001b\[\d+m/g, '')
    .split('\n')
    .find((line) => line.trim() !== '')
    ?.trim();

/** How a test is found among those that ran. */
export const titleOf = ({ name, title = name }) => title;
