import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A Docker engine that answers, and how to talk to it. */
export interface Engine {
  readonly env: NodeJS.ProcessEnv;
  readonly version: string;
  /** Its containers' root is the person who runs it. */
  readonly rootless: boolean;
  /** Runs a docker command and returns what it wrote. @throws with what it said when it fails */
  ask(...args: string[]): Promise<string>;
}

/** The engine that the docker command finds, or a sentence when there is none. */
export async function findEngine(env: NodeJS.ProcessEnv): Promise<Engine | string> {
  const ask = async (...args: string[]) => (await run('docker', args, { env })).stdout.trim();
  try {
    const [version = '', security = ''] = (
      await ask('info', '--format', '{{.ServerVersion}}\t{{.SecurityOptions}}')
    ).split('\t');
    if (version === '') return 'no Docker engine answers (docker info)';
    return { env, version, rootless: security.includes('rootless'), ask };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? 'there is no Docker (docker)'
      : 'no Docker engine answers (docker info)';
  }
}
