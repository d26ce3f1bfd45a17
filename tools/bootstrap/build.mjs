import { join } from 'node:path';
import { root } from './project-root.mjs';
import { runStep } from './run-step.mjs';

/** Builds every project; what has not changed comes from Nx's cache. */
export function build(node) {
  const nx = join(root, 'node_modules', 'nx', 'dist', 'bin', 'nx.js');
  const env = { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH ?? ''}` };
  return runStep('building', node, [nx, 'run-many', '-t', 'build', '--outputStyle=static'], { env });
}
