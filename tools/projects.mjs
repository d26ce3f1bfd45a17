import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bootstrap/project-root.mjs';

/** Every project of the workspace: `{ name, folder, path, manifest }`; the name without its scope, the folder as seen from the root. */
export function allProjects() {
  return ['apps', 'libs', 'tools', 'tests'].flatMap((parent) =>
    readdirSync(join(root, parent))
      .map((folder) => ({ folder: `${parent}/${folder}`, path: join(root, parent, folder) }))
      .filter(({ path }) => existsSync(join(path, 'package.json')))
      .map((project) => {
        const manifest = JSON.parse(readFileSync(join(project.path, 'package.json'), 'utf8'));
        return { ...project, manifest, name: manifest.name.replace(/^@kasir\//, '') };
      }),
  );
}

/** TypeScript files of a project, as seen from it; specs included. */
export const sourcesOf = ({ path }) =>
  globSync('**/*.ts', { cwd: path, exclude: (name) => name === 'node_modules' || name === 'dist' });

export const isSpec = (file) => file.endsWith('.spec.ts');
