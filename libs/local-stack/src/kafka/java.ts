import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Java {
  readonly command: string;
  /** Such as "17.0.15". */
  readonly version: string;
  /** All that `java -version` prints: tells one JDK from another. */
  readonly identity: string;
}

const oldest = 17;

/** The Java of JAVA_HOME, else the one in PATH; a sentence says what is missing when there is none that can run Kafka. */
export async function findJava(env: NodeJS.ProcessEnv): Promise<Java | string> {
  const home = env['JAVA_HOME'];
  const command = home === undefined || home === '' ? 'java' : join(home, 'bin', 'java');
  try {
    const { stderr } = await run(command, ['-version'], { env });
    const version = /version "([^"]+)"/.exec(stderr)?.[1] ?? 'of an unknown version';
    if (Number.parseInt(version.replace(/^1\./, '')) >= oldest) return { command, version, identity: stderr };
    return `${command} is Java ${version}, and Kafka needs Java ${oldest} or newer`;
  } catch {
    return `there is no Java (${command})`;
  }
}

/** The command that runs Maven, or a sentence when there is none. */
export async function findMaven(env: NodeJS.ProcessEnv): Promise<{ command: string } | string> {
  try {
    await run('mvn', ['-v'], { env });
    return { command: 'mvn' };
  } catch {
    return 'there is no Maven (mvn)';
  }
}
