import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Keeps what was found for those who come later. */
export function writeProof(root, findings) {
  const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--', 'apps', 'libs', 'tools', 'Dockerfile', 'docker-compose.yml');
  const proof = {
    what: 'npm run test:compose',
    commit: `${git('rev-parse', 'HEAD')}${changed === '' ? '' : ', with changes that are not committed'}`,
    date: new Date().toISOString(),
    ...findings,
  };
  mkdirSync(join(root, 'docs', 'proof'), { recursive: true });
  writeFileSync(join(root, 'docs', 'proof', 'compose.json'), `${JSON.stringify(proof, null, 2)}\n`);
}
