import { join } from 'node:path';
import { root } from '../bootstrap/project-root.mjs';
import { startGroup } from '../test-long/dist/index.js';

const nx = join(root, 'node_modules', 'nx', 'dist', 'bin', 'nx.js');

/** Runs the projects' `test` through Nx, in a group of its own so that nothing of it can be left behind. */
export function runTests(projects, env) {
  const names = projects.map(({ manifest }) => manifest.name).join(',');
  const args = ['run-many', '-t', 'test', '-p', names, '--parallel=2', '--outputStyle=static', '--nxBail=false'];
  const colours = process.stdout.isTTY ? {} : { FORCE_COLOR: '0' };
  const { ended, stop } = startGroup(process.execPath, [nx, ...args], {
    cwd: root,
    env: { ...process.env, ...colours, ...env, NX_NATIVE_COMMAND_RUNNER: 'false' },
  });
  return { ended: ended.then((code) => code === 0), stop };
}
