/** What Antom's official SDKs signed: the true messages that every forgery starts from. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePublicKey } from '@kasir/antom';
import { root } from '../bootstrap/project-root.mjs';

const file = join(root, 'libs', 'antom', 'src', 'fixtures', 'antom-signature-vectors.json');
const vectors = JSON.parse(readFileSync(file, 'utf8'));

export const genuine = vectors
  .filter(({ expectedValid }) => expectedValid === true)
  .map(({ name, method, path, clientId, requestTime, body, signatureHeader, publicKeyPem }) => ({
    name,
    method,
    path,
    clientId,
    time: requestTime,
    body: Buffer.from(body),
    header: signatureHeader,
    keys: [parsePublicKey(publicKeyPem)],
  }));
