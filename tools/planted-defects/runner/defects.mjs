import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../bootstrap/project-root.mjs';
import { withDefect } from './edit.mjs';

/**
 * A deliberate mistake in the product, which tests must find. Each `tools/planted-defects/<area>.mjs` exports `defects`.
 * @typedef {object} Defect
 * @property {string} name
 * @property {string} file from the repository's root
 * @property {string} at the declaration that it spoils, by its path in the file: `watchLife.fail.from`, `OutboxRelay.#run`
 * @property {string} [given] a pattern that stands there once, too, and gives its names a meaning
 * @property {string | RegExp} [find] a pattern that stands there once (pattern.mjs), or a part of one text, such as SQL, in
 *   which a blank is any white space; without it the value of the declaration, or the body of the function
 * @property {string} replace in it `$it` is what was found, and `$name` what that name stands for
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

function complaintsAbout(defect) {
  const { name, tests } = defect;
  return [
    ...obstaclesTo(defect),
    ...(tests.length === 0 ? [`${name} names no test that finds it`] : []),
    ...tests
      .filter((test) => !textOf(test.spec).includes(test.name))
      .map((test) => `${name} names a test that ${test.spec} has not: ${test.name}`),
  ];
}

function obstaclesTo(defect) {
  const { name, file } = defect;
  if (!existsSync(join(root, file))) return [`${name} cannot be planted: there is no ${file}`];
  try {
    withDefect(textOf(file), defect);
    return [];
  } catch (error) {
    return [`${name} cannot be planted in ${file}: ${error.message}`];
  }
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
