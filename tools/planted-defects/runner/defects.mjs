import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../bootstrap/project-root.mjs';

/**
 * A deliberate mistake in the product, which tests must find. Each `tools/planted-defects/<area>.mjs` exports `defects`.
 * @typedef {object} Defect
 * @property {string} name
 * @property {string} file from the repository's root
 * @property {string} find stands in the file exactly once
 * @property {string} replace
 * @property {{ spec: string, name: string, title?: string }[]} tests that must fail: a spec from the repository's root, a part
 *   of the test's name as it is written there, and a part of its title where the program makes that up (`%s`)
 */
const folder = new URL('../', import.meta.url);

/** @returns {Promise<Defect[]>} those of every area, in the order of their areas */
export async function allDefects() {
  const areas = readdirSync(folder).filter((name) => name.endsWith('.mjs'));
  const modules = await Promise.all(areas.sort().map((name) => import(new URL(name, folder).href)));
  return modules.flatMap(({ defects }) => defects);
}

/** @throws where a defect can no longer be planted, or names a test that is not there */
export async function checkDefects() {
  const defects = await allDefects();
  const complaints = defects.flatMap((defect) => complaintsAbout(defect));
  const twice = defects.filter(({ name }, index) => defects.findIndex((other) => other.name === name) !== index);
  complaints.push(...twice.map(({ name }) => `${name} is the name of two defects`));
  if (complaints.length > 0) throw new Error(complaints.map((complaint) => `  ${complaint}`).join('\n'));
}

function complaintsAbout({ name, file, find, replace, tests }) {
  const times = textOf(file).split(find).length - 1;
  return [
    ...(times === 1 ? [] : [`${name} must match ${file} once and matches it ${times} times`]),
    ...(find === replace ? [`${name} changes nothing`] : []),
    ...(tests.length === 0 ? [`${name} names no test that finds it`] : []),
    ...tests
      .filter((test) => !textOf(test.spec).includes(test.name))
      .map((test) => `${name} names a test that ${test.spec} has not: ${test.name}`),
  ];
}

const textOf = (file) => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '');

/** @throws for a name that is none */
export async function chosenDefects(names) {
  const defects = await allDefects();
  const unknown = names.find((name) => !defects.some((defect) => defect.name === name));
  if (unknown !== undefined)
    throw new Error(`${unknown} is no planted defect; there are ${defects.map(({ name }) => name).join(', ')}`);
  return names.length === 0 ? defects : defects.filter(({ name }) => names.includes(name));
}
