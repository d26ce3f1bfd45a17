import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bootstrap/project-root.mjs';
import { requiredSettings } from './configuration.mjs';

/** Complaints about settings that a service requires and docker-compose.yml never gives, neither as such nor as a file. */
export async function missingInCompose() {
  const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
  const isGiven = (name) => new RegExp(`^\\s+${name}(_FILE)?:`, 'm').test(text);
  return (await requiredSettings())
    .filter(({ name }) => !isGiven(name))
    .map(({ service, name }) => `docker-compose.yml gives no ${name}, which ${service} requires`);
}
