import { spawn } from 'node:child_process';

/** A command of Docker's failed; the message has the end of what it said. */
export class DockerFailed extends Error {
  constructor(args, output) {
    super(`docker ${args.join(' ')} failed:\n${output.trim().split('\n').slice(-15).join('\n')}`);
    this.output = output;
  }
}

/**
 * Runs a docker command and returns what it wrote to standard output.
 * @param {{ env?: object, onLine?: (line: string) => void }} options `onLine` hears both outputs as they come
 * @throws DockerFailed
 */
export function docker(args, { env = {}, onLine } = {}) {
  const child = spawn('docker', args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', all: '' };
  child.stdout.on('data', (chunk) => (said.out += chunk));
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said.all += chunk;
      onLine?.(String(chunk).trimEnd());
    });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(said.out) : reject(new DockerFailed(args, said.all))));
  });
}

export const linesOf = (text) => text.split('\n').filter((line) => line !== '');

/** @returns the versions of engine and Compose; @throws where one of them is missing, saying which */
export async function requireDocker() {
  const engine = await docker(['version', '--format', '{{.Server.Version}}']).catch((error) => {
    const why = error.code === 'ENOENT' ? 'there is no docker command' : lastLine(error);
    throw new Error(`npm run test:compose needs a Docker engine: ${why}. See https://docs.docker.com/engine/install`);
  });
  const compose = await docker(['compose', 'version', '--short']).catch((error) => {
    throw new Error(`npm run test:compose needs Docker Compose 2: ${lastLine(error)}`);
  });
  return { engine: engine.trim(), compose: compose.trim() };
}

const lastLine = ({ message }) =>
  message
    .trim()
    .split('\n')
    .at(-1)
    .replace(/[.?]+$/, '');
