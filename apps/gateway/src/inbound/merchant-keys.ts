import { createHash, timingSafeEqual } from 'node:crypto';
import { type Merchant } from '../application/ports.js';

/** A secret key as configuration knows it: by its name and its SHA-256, so that nobody can read the key there. */
export interface MerchantKey extends Merchant {
  readonly sha256: Buffer;
}

/** Reads `name:sha256hex`, separated by commas. @throws Error that says what is wrong, and repeats no value */
export function parseMerchantKeys(text: string): readonly MerchantKey[] {
  const keys = text.split(',').map((entry, index) => {
    const [, name = '', sha256 = ''] = /^([a-z0-9][a-z0-9-]{0,63}):([0-9a-f]{64})$/i.exec(entry.trim()) ?? [];
    if (name === '') throw new Error(`must be name:sha256hex, separated by commas; number ${index + 1} is not`);
    return { name, sha256: Buffer.from(sha256, 'hex') };
  });
  const twice = (texts: string[]) => new Set(texts).size < texts.length;
  if (twice(keys.map(({ name }) => name))) throw new Error('must name each key once');
  if (twice(keys.map(({ sha256 }) => sha256.toString('hex')))) throw new Error('must not name a key twice');
  return keys;
}

/** Whose secret key this is. Every key is compared in constant time, so the time tells nothing of any of them. */
export function merchantOf(keys: readonly MerchantKey[], secret: string): Merchant | undefined {
  const sha256 = createHash('sha256').update(secret).digest();
  const fitting = keys.map((key) => (timingSafeEqual(key.sha256, sha256) ? key : undefined));
  const found = fitting.find((key) => key !== undefined);
  return found === undefined ? undefined : { name: found.name };
}
