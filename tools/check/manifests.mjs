import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { root } from '../bootstrap/project-root.mjs';
import { allProjects, sourcesOf } from '../projects.mjs';

/** @throws where a manifest says something else than tsconfig.json or the sources */
export function checkManifests() {
  const projects = allProjects();
  const complaints = projects.flatMap((project) => [
    ...wrongReferences(project, projects),
    ...undeclaredImports(project),
  ]);
  if (complaints.length > 0) throw new Error(complaints.map((complaint) => `  ${complaint}`).join('\n'));
}

/** What is built before a project must be what it depends on. */
function wrongReferences({ folder, path, manifest }, projects) {
  const file = join(path, 'tsconfig.json');
  if (!existsSync(file)) return [];
  const { references = [] } = JSON.parse(readFileSync(file, 'utf8'));
  const referenced = references.map((reference) => relative(root, resolve(path, reference.path)));
  const foldersOf = (dependencies = {}) =>
    projects.filter((project) => Object.hasOwn(dependencies, project.manifest.name)).map((project) => project.folder);
  const needed = foldersOf(manifest.dependencies);
  const allowed = [...needed, ...foldersOf(manifest.devDependencies)];
  return [
    ...needed
      .filter((name) => !referenced.includes(name))
      .map((name) => `${folder}/tsconfig.json does not reference ${name}, a dependency in package.json`),
    ...referenced
      .filter((name) => !allowed.includes(name))
      .map((name) => `${folder}/tsconfig.json references ${name}, no dependency in package.json`),
  ];
}

const importPattern = /(?:^|\n)\s*(?:import|export)\b[^'";]*?\bfrom\s*'([^']+)'|\bimport\s*\(?\s*'([^']+)'/g;
const rootManifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** npm hoists: without this, an import works as long as somebody else declares it. */
function undeclaredImports(project) {
  const { folder, path, manifest } = project;
  const own = new Set([manifest.name, ...Object.keys(manifest.dependencies ?? {})]);
  const inTests = new Set([...own, ...Object.keys({ ...manifest.devDependencies, ...rootManifest.devDependencies })]);
  return sourcesOf(project).flatMap((file) => {
    const declared = /\.specs?\.ts$|^src\/testing\//.test(file) ? inTests : own;
    const missing = packagesIn(readFileSync(join(path, file), 'utf8')).filter((name) => !declared.has(name));
    return missing.map((name) => `${folder}/${file} imports ${name}, which ${folder}/package.json does not declare`);
  });
}

function packagesIn(source) {
  const names = [...source.matchAll(importPattern)].map((match) => match[1] ?? match[2]);
  const packages = names
    .filter((name) => !/^(\.|node:)/.test(name) && !builtinModules.includes(name))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );
  return [...new Set(packages)];
}
