/** Compiles the Java side against Antom's SDK. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../bootstrap/project-root.mjs';

const pom = fileURLToPath(new URL('pom.xml', import.meta.url));
const output = join(root, '.local', 'interop-java');

/** The version that Antom released last, and what to take where a Maven repository has not got it. */
export const sdkVersions = [/<antom\.sdk\.version>([^<]+)</.exec(readFileSync(pom, 'utf8'))[1], '2.0.45'];

/**
 * @returns the class path and the SDK that it holds, by version and hash
 * @throws where Maven, a JDK or the SDK cannot be had
 */
export function buildJava(versions) {
  mkdirSync(output, { recursive: true });
  const complaints = [];
  for (const version of versions) {
    const complaint = compile(version);
    if (complaint === undefined) return built(version);
    console.error(`the SDK ${version} cannot be had here: ${complaint}`);
    complaints.push(complaint);
  }
  throw new Error(`no version of Antom's SDK can be built against; the last complaint was: ${complaints.at(-1)}`);
}

function compile(version) {
  const classPathFile = join(output, 'class-path');
  const { error, status, stdout } = spawnSync(
    'mvn',
    [
      ...['--quiet', '--batch-mode', '--update-snapshots', '-Dstyle.color=never', '--file', pom],
      ...[`-Dantom.sdk.version=${version}`, `-Doutput.folder=${output}`, `-Dmdep.outputFile=${classPathFile}`],
      ...['clean', 'compile', 'dependency:build-classpath'],
    ],
    { encoding: 'utf8' },
  );
  if (error !== undefined) throw new Error(`Maven cannot be started (${error.message}); it and a JDK 17 are needed`);
  if (status === 0) return undefined;
  return /^.*ERROR.*$/m.exec(stdout)?.[0].slice(0, 300) ?? stdout.slice(0, 300);
}

function built(version) {
  const dependencies = readFileSync(join(output, 'class-path'), 'utf8').trim();
  const jar = dependencies.split(':').find((path) => path.endsWith(`global-open-sdk-java-${version}.jar`));
  const sha256 = createHash('sha256').update(readFileSync(jar)).digest('hex');
  return { classPath: `${join(output, 'classes')}:${dependencies}`, sdk: { version, sha256 } };
}
