import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { topics } from '@kasir/contracts';
import { type JsonSchema } from '../json-schema.js';
import { asyncapiDocument } from './document.js';

const root = new URL('../../../../', import.meta.url);

export const documentFile = fileURLToPath(new URL('docs/asyncapi.json', root));

/** The document of this repository's contracts, with the examples that lie beside them. */
export function kasirDocument(): JsonSchema {
  const { version } = readJson('package.json') as { version: string };
  return asyncapiDocument({ topics, version, examples: (type) => readJson(`libs/contracts/examples/${type}.json`) });
}

const readJson = (path: string): JsonSchema => JSON.parse(readFileSync(new URL(path, root), 'utf8')) as JsonSchema;
