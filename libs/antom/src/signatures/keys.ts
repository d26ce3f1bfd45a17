import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** A key that cannot be used. Its message says why and never shows the key. */
export class UnusableKey extends Error {
  override readonly name = 'UnusableKey';
}

const smallestModulusBits = 2048;

/**
 * Reads our private RSA key: PKCS#8 or PKCS#1, as PEM or as bare Base64.
 * @throws UnusableKey
 */
export function parsePrivateKey(text: string): KeyObject {
  const { label, der } = readDer(text, 'private');
  const key = privateFrom(der);
  if (key !== undefined) return checked(key, 'private');
  if (publicFrom(der) !== undefined) throw new UnusableKey('this is a public key; a private key is needed here');
  throw new UnusableKey(unreadable(label, 'private', 'PKCS#8 or PKCS#1'));
}

/**
 * Reads a public RSA key: SubjectPublicKeyInfo (X.509) or PKCS#1, as PEM or as bare Base64.
 * @throws UnusableKey
 */
export function parsePublicKey(text: string): KeyObject {
  const { label, der } = readDer(text, 'public');
  if (privateFrom(der) !== undefined) throw new UnusableKey('this is a private key; a public key is needed here');
  const key = publicFrom(der);
  if (key !== undefined) return checked(key, 'public');
  throw new UnusableKey(unreadable(label, 'public', 'X.509 or PKCS#1'));
}

/**
 * Reads one or more public keys in one text: PEMs one after the other, or bare Base64 separated by commas.
 * @throws UnusableKey
 */
export function parsePublicKeys(text: string): KeyObject[] {
  const parts = withLineEnds(text).split(/(?<=-----END [A-Z0-9 ]+-----)\s*,?|,/);
  const keys = parts.filter((part) => part.trim() !== '').map(parsePublicKey);
  if (keys.length === 0) throw new UnusableKey('there is no public key');
  return keys;
}

/** An environment variable often carries the line ends of a PEM as backslash and n. */
const withLineEnds = (text: string): string => text.replaceAll('\\r', '').replaceAll('\\n', '\n');

function readDer(text: string, wanted: string): { label: string | undefined; der: Buffer } {
  const trimmed = withLineEnds(text).trim();
  if (trimmed === '') throw new UnusableKey(`the ${wanted} key is empty`);
  const pem = /^-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----$/.exec(trimmed);
  const base64 = (pem?.[2] ?? trimmed).replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64))
    throw new UnusableKey(`this is neither a PEM nor Base64; a ${wanted} RSA key is needed here`);
  return { label: pem?.[1], der: Buffer.from(base64, 'base64') };
}

const attempt = (make: () => KeyObject): KeyObject | undefined => {
  try {
    return make();
  } catch {
    return undefined;
  }
};

const privateFrom = (der: Buffer) =>
  attempt(() => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })) ??
  attempt(() => createPrivateKey({ key: der, format: 'der', type: 'pkcs1' }));

const publicFrom = (der: Buffer) =>
  attempt(() => createPublicKey({ key: der, format: 'der', type: 'spki' })) ??
  attempt(() => createPublicKey({ key: der, format: 'der', type: 'pkcs1' }));

function unreadable(label: string | undefined, wanted: string, forms: string): string {
  if (label === 'ENCRYPTED PRIVATE KEY') return 'this private key is encrypted; decrypt it first';
  const what = label === undefined ? 'this Base64 is' : `"${label}" is`;
  return `${what} not a ${wanted} RSA key in the form ${forms}, or it is damaged`;
}

function checked(key: KeyObject, wanted: string): KeyObject {
  if (key.asymmetricKeyType !== 'rsa')
    throw new UnusableKey(`this is a ${wanted} key of type ${key.asymmetricKeyType}; Antom signs with RSA`);
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < smallestModulusBits)
    throw new UnusableKey(`this RSA key has ${bits} bits; at least ${smallestModulusBits} are needed`);
  return key;
}
