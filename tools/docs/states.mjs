import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../bootstrap/project-root.mjs';
import { table } from './pages.mjs';

/** Every life of every service: its diagram, and the steps that it refuses. */
export async function stateDiagrams() {
  const apps = readdirSync(join(root, 'apps')).filter((app) => existsSync(compiled(app)));
  const sections = await Promise.all(apps.map(async (app) => sectionsOf(app, await livesOf(app))));
  return sections.flat().join('\n\n');
}

const compiled = (app) => join(root, 'apps', app, 'dist', 'src', 'domain', 'lives.js');

/** By name: the record `lives` of a module, or each of its lives by itself. */
async function livesOf(app) {
  const module = await import(pathToFileURL(compiled(app)).href);
  const alone = Object.entries(module).filter(([name]) => name.endsWith('Life'));
  const named = module.lives ?? Object.fromEntries(alone.map(([name, life]) => [name.replace(/Life$/, ''), life]));
  return Object.entries(named).map(([name, life]) => [inWords(name), readable(life)]);
}

const inWords = (name) => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** A life is its arrows; some also say where they begin and why they refuse. */
function readable({ arrows, first, why, ...life }) {
  const steps = Object.entries(arrows ?? life);
  const statuses = [...new Set(steps.flatMap(([, { from, to }]) => [...from, to]))];
  const reached = new Set(steps.map(([, { to }]) => to));
  return { steps, statuses, first: first ?? statuses.filter((status) => !reached.has(status)), why };
}

const sectionsOf = (app, lives) =>
  lives.map(([name, life]) => `## ${app}: ${name}\n\n${diagram(life)}\n\n${refusals(life)}`);

function diagram({ steps, first }) {
  const id = (status) => status.replaceAll('-', '_');
  const arrows = steps.flatMap(([step, { from, to }]) => from.map((start) => `  ${id(start)} --> ${id(to)}: ${step}`));
  return ['```mermaid', 'stateDiagram-v2', ...first.map((status) => `  [*] --> ${id(status)}`), ...arrows, '```'].join(
    '\n',
  );
}

/** A step to where a thing already is repeats what is known, and is not refused. */
function refusals({ steps, statuses, why }) {
  const refused = (status) =>
    steps.filter(([, { from, to }]) => to !== status && !from.includes(status)).map(([step]) => step);
  const rows = statuses
    .map((status) => [status, refused(status).join(', '), ...(why === undefined ? [] : [why[status]])])
    .filter(([, names]) => names !== '');
  if (rows.length === 0) return 'It refuses nothing.';
  return table(['where it is', 'refused', ...(why === undefined ? [] : ['because'])], rows);
}
