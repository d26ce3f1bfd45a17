import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files that hold what the parts of one local Kasir share with each other. They are made once per folder and mean nothing elsewhere. */
export interface KeyFiles {
  readonly merchantPrivateKey: string;
  readonly merchantPublicKey: string;
  readonly antomPrivateKey: string;
  readonly antomPublicKey: string;
  readonly sessionDataKey: string;
  readonly shopPrivateJwk: string;
  readonly shopJwks: string;
  readonly databasePassword: string;
  readonly operatorToken: string;
  /** What the merchant's server shows to the gateway, and how the gateway knows it. */
  readonly merchantKey: string;
  readonly merchantKeys: string;
}

/** @param folder is created; keys that lie there already are kept */
export function keyFiles(folder: string): KeyFiles {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = (name: string) => join(folder, name);
  const files: KeyFiles = {
    merchantPrivateKey: file('merchant-private.pem'),
    merchantPublicKey: file('merchant-public.pem'),
    antomPrivateKey: file('antom-private.pem'),
    antomPublicKey: file('antom-public.pem'),
    sessionDataKey: file('session-data-key'),
    shopPrivateJwk: file('shop-private.jwk.json'),
    shopJwks: file('shop-jwks.json'),
    databasePassword: file('database-password'),
    operatorToken: file('operator-token'),
    merchantKey: file('merchant-key'),
    merchantKeys: file('merchant-keys'),
  };
  if (!existsSync(files.operatorToken)) write(files.operatorToken, randomBytes(24).toString('hex'));
  if (!existsSync(files.merchantKeys)) writeMerchantKey(files.merchantKey, files.merchantKeys);
  if (existsSync(files.databasePassword)) return files;
  writeRsaPair(files.merchantPrivateKey, files.merchantPublicKey);
  writeRsaPair(files.antomPrivateKey, files.antomPublicKey);
  writeShopKeys(files.shopPrivateJwk, files.shopJwks);
  write(files.sessionDataKey, randomBytes(32).toString('base64'));
  write(files.databasePassword, randomBytes(16).toString('hex'));
  return files;
}

export const readKey = (file: string): string => readFileSync(file, 'utf8').trim();

function writeRsaPair(privateFile: string, publicFile: string): void {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  write(privateFile, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  write(publicFile, publicKey.export({ type: 'spki', format: 'pem' }).toString());
}

function writeShopKeys(privateFile: string, jwksFile: string): void {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = { kid: 'local-shop', alg: 'ES256' };
  write(privateFile, JSON.stringify({ ...privateKey.export({ format: 'jwk' }), ...name }));
  write(jwksFile, JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), ...name }] }));
}

function writeMerchantKey(secretFile: string, hashesFile: string): void {
  const secret = `sk_${randomBytes(24).toString('hex')}`;
  write(secretFile, secret);
  write(hashesFile, `local-shop:${createHash('sha256').update(secret).digest('hex')}`);
}

const write = (file: string, text: string): void => writeFileSync(file, `${text}\n`, { mode: 0o600 });
