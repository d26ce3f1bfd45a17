import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../bootstrap/project-root.mjs';
import { withDefect } from './edit.mjs';

/**
 * A copy of the sources as they are now, committed or not, in which defects can be planted. Packages of npm are shared with
 * the checkout; those of this repository lead into the copy.
 */
export function copyTree(path) {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  for (const file of listed.toString().split('\0')) {
    if (file === '' || !existsSync(join(root, file))) continue;
    mkdirSync(dirname(join(path, file)), { recursive: true });
    copyFileSync(join(root, file), join(path, file));
  }
  linkPackages(path);
  return { path, plant: (defect) => plant(path, defect) };
}

function linkPackages(path) {
  const packages = join(root, 'node_modules');
  mkdirSync(join(path, 'node_modules', '@kasir'), { recursive: true });
  for (const name of readdirSync(packages))
    if (name !== '@kasir') symlinkSync(join(packages, name), join(path, 'node_modules', name));
  for (const parent of ['apps', 'libs', 'tools', 'tests'])
    for (const folder of readdirSync(join(path, parent))) {
      const manifest = join(path, parent, folder, 'package.json');
      if (!existsSync(manifest)) continue;
      const { name } = JSON.parse(readFileSync(manifest, 'utf8'));
      if (name.startsWith('@kasir/')) symlinkSync(join(path, parent, folder), join(path, 'node_modules', name));
    }
}

/** @returns how to mend it again */
function plant(path, defect) {
  const file = join(path, defect.file);
  const sound = readFileSync(file, 'utf8');
  writeFileSync(file, withDefect(sound, defect));
  return () => writeFileSync(file, sound);
}
