import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Environment } from './settings.js';

/** The account that a simulator has where nobody gives it one. */
const clientId = 'SANDBOX_5X00000000000000';

/**
 * Settings for who has no keys yet: makes a pair for the merchant and one for Antom in a folder, once, and names them
 * wherever the environment names none.
 */
export function withOwnKeys(env: Environment, folder: string): Environment {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const merchant = pairIn(folder, 'merchant');
  const antom = pairIn(folder, 'antom');
  const isSet = (name: string) => Boolean(env[name] || env[`${name}_FILE`]);
  return {
    ...env,
    ...(isSet('CLIENT_ID') ? {} : { CLIENT_ID: clientId }),
    ...(isSet('MERCHANT_PUBLIC_KEY') ? {} : { MERCHANT_PUBLIC_KEY_FILE: merchant.publicFile }),
    ...(isSet('ANTOM_PRIVATE_KEY') ? {} : { ANTOM_PRIVATE_KEY_FILE: antom.privateFile }),
  };
}

function pairIn(folder: string, name: string) {
  const files = { privateFile: join(folder, `${name}-private.pem`), publicFile: join(folder, `${name}-public.pem`) };
  if (existsSync(files.privateFile) && existsSync(files.publicFile)) return files;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(files.privateFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  writeFileSync(files.publicFile, publicKey.export({ type: 'spki', format: 'pem' }), { mode: 0o644 });
  return files;
}
