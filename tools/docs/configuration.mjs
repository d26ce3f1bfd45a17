import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../bootstrap/project-root.mjs';
import { code, table } from './pages.mjs';

const required = '**required**';

/** What every service reads, then what each reads beside it, from the settings that the services themselves check at their start. */
export async function configurationTables() {
  const services = await settingsOfServices();
  const [first, ...others] = services;
  const common = Object.entries(first.settings).filter(([name, schema]) =>
    others.every(({ settings }) => settings[name] === schema),
  );
  const isCommon = new Set(common.map(([name]) => name));
  return [
    section('Every service', common),
    ...services.map(({ name, settings }) =>
      section(
        name,
        Object.entries(settings).filter(([setting]) => !isCommon.has(setting)),
      ),
    ),
  ].join('\n\n');
}

/** @returns {Promise<{ service: string, name: string }[]>} */
export async function requiredSettings() {
  return (await settingsOfServices()).flatMap(({ name: service, settings }) =>
    Object.entries(settings)
      .filter(([, schema]) => withoutValue(schema, aboutOf(schema)) === required)
      .map(([name]) => ({ service, name })),
  );
}

async function settingsOfServices() {
  const compiled = (app) => join(root, 'apps', app, 'dist', 'src', 'config.js');
  const apps = readdirSync(join(root, 'apps')).filter((app) => existsSync(compiled(app)));
  const modules = await Promise.all(apps.map((app) => import(pathToFileURL(compiled(app)).href)));
  return apps.map((name, index) => ({ name, settings: modules[index].settings })).filter(({ settings }) => settings);
}

function section(title, settings) {
  const rows = settings.map(([name, schema]) => rowOf(name, schema));
  const body =
    rows.length === 0
      ? 'Nothing more.'
      : table(['variable', 'what it says', 'when it is not set', 'for example'], rows);
  return `## ${title}\n\n${body}`;
}

function rowOf(name, schema) {
  const about = aboutOf(schema);
  const description = `${about.description}${about.secret === true ? ' (secret)' : ''}`;
  return [code(name), description, withoutValue(schema, about), code(about.example)];
}

function withoutValue(schema, { fallback }) {
  if (fallback !== undefined) return fallback === '' ? 'empty' : code(fallback);
  const read = schema.safeParse(undefined);
  if (!read.success) return required;
  return read.data === undefined ? 'does without' : read.data === '' ? 'empty' : code(String(read.data));
}

/** A description stays on the schema it was given to, also where another one wraps it. */
function aboutOf(schema) {
  return schema.meta() ?? aboutOf(schema.def.innerType);
}
