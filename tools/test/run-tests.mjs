import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../bootstrap/root.mjs';

const nx = join(root, 'node_modules', 'nx', 'dist', 'bin', 'nx.js');

/** Runs the projects' `test` through Nx, in a group of its own so that nothing of it can be left behind. */
export function runTests(projects, env) {
  const names = projects.map(({ manifest }) => manifest.name).join(',');
  const child = spawn(
    process.execPath,
    [nx, 'run-many', '-t', 'test', '-p', names, '--parallel=2', '--outputStyle=static', '--nxBail=false'],
    {
      cwd: root,
      env: {
        ...process.env,
        ...(process.stdout.isTTY ? {} : { FORCE_COLOR: '0' }),
        ...env,
        NX_NATIVE_COMMAND_RUNNER: 'false',
      },
      stdio: ['ignore', 1, 2],
      detached: true,
    },
  );
  const leash = holdOnLeash(child.pid);
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      leash.kill('SIGKILL');
      signalGroup(child.pid, 'SIGKILL');
      resolve(code === 0);
    });
  });
  return { ended, stop: () => stop(child, ended) };
}

/** A small shell that kills the group when our end of its pipe closes: even SIGKILL cannot make us leave tests behind. */
function holdOnLeash(leader) {
  const leash = spawn('sh', ['-c', 'read -r _; kill -s KILL -- "-$0"', String(leader)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  leash.stdin.on('error', () => undefined);
  return leash;
}

async function stop(child, ended) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  signalGroup(child.pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), 3_000);
  await ended.finally(() => clearTimeout(timer));
}

function signalGroup(leader, signal) {
  try {
    process.kill(-leader, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
