import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { vector } from '../fixtures/vectors.specs.js';
import { parsePrivateKey, parsePublicKey, parsePublicKeys } from './index.js';

const { privateKeyPem, publicKeyPem } = vector('request-cancel-sandbox');
const secret = createPrivateKey(privateKeyPem);
const open = createPublicKey(publicKeyPem);
const base64 = (der: string | Buffer) => Buffer.from(der).toString('base64');

const privateForms: [string, string][] = [
  ['PKCS#8 as PEM', privateKeyPem],
  ['PKCS#8 as bare Base64', base64(secret.export({ format: 'der', type: 'pkcs8' }))],
  ['PKCS#1 as PEM', String(secret.export({ format: 'pem', type: 'pkcs1' }))],
  ['PKCS#1 as bare Base64', base64(secret.export({ format: 'der', type: 'pkcs1' }))],
  ['a PEM with \\n for its line ends', privateKeyPem.replaceAll('\n', '\\n')],
  ['a PEM with Windows line ends', privateKeyPem.replaceAll('\n', '\r\n')],
];
const publicForms: [string, string][] = [
  ['X.509 as PEM', publicKeyPem],
  ['X.509 as bare Base64', base64(open.export({ format: 'der', type: 'spki' }))],
  ['PKCS#1 as PEM', String(open.export({ format: 'pem', type: 'pkcs1' }))],
  ['PKCS#1 as bare Base64', base64(open.export({ format: 'der', type: 'pkcs1' }))],
];
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
const pem = { format: 'pem', type: 'pkcs8' } as const;
const spki = { format: 'pem', type: 'spki' } as const;
const encrypted = secret.export({ ...pem, cipher: 'aes-256-cbc', passphrase: 'x' });

describe('a private key', () => {
  it.each(privateForms)('is read from %s', (_, text) => {
    expect(parsePrivateKey(text).equals(secret)).toBe(true);
  });

  it.each([
    ['nothing', ' \n', 'the private key is empty'],
    ['a public key', publicKeyPem, 'this is a public key; a private key is needed here'],
    ['a public key in bare Base64', publicForms[1]![1], 'this is a public key; a private key is needed here'],
    [
      'an elliptic key',
      String(elliptic.privateKey.export(pem)),
      'this is a private key of type ec; Antom signs with RSA',
    ],
    ['a short key', String(short.privateKey.export(pem)), 'this RSA key has 1024 bits; at least 2048 are needed'],
    ['an encrypted key', String(encrypted), 'this private key is encrypted; decrypt it first'],
    ['prose', 'ask Somchai!', 'this is neither a PEM nor Base64; a private RSA key is needed here'],
    ['half a PEM', privateKeyPem.slice(0, 400), 'this is neither a PEM nor Base64; a private RSA key is needed here'],
    ['other Base64', 'aGVsbG8=', 'this Base64 is not a private RSA key in the form PKCS#8 or PKCS#1, or it is damaged'],
  ])('is not read from %s, and says why', (_, text, message) => {
    expect(() => parsePrivateKey(text)).toThrow(message);
  });
});

describe('a public key', () => {
  it.each(publicForms)('is read from %s', (_, text) => {
    expect(parsePublicKey(text).equals(open)).toBe(true);
  });

  it.each([
    ['a private key', privateKeyPem, 'this is a private key; a public key is needed here'],
    ['a private key in bare Base64', privateForms[3]![1], 'this is a private key; a public key is needed here'],
    [
      'an elliptic key',
      String(elliptic.publicKey.export(spki)),
      'this is a public key of type ec; Antom signs with RSA',
    ],
    ['a short key', String(short.publicKey.export(spki)), 'this RSA key has 1024 bits; at least 2048 are needed'],
    [
      'a certificate',
      '-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----',
      '"CERTIFICATE" is not a public RSA key in the form X.509 or PKCS#1, or it is damaged',
    ],
  ])('is not read from %s, and says why', (_, text, message) => {
    expect(() => parsePublicKey(text)).toThrow(message);
  });
});

describe('several public keys', () => {
  const other = String(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export(spki));

  it.each([
    ['PEMs one after the other', `${publicKeyPem}${other}`],
    ['PEMs with \\n for their line ends', `${publicKeyPem}${other}`.replaceAll('\n', '\\n')],
    ['PEMs separated by commas', `${publicKeyPem.trim()},${other}`],
  ])('are read from %s', (_, text) => {
    expect(parsePublicKeys(text).map((key) => key.export(spki))).toEqual([publicKeyPem, other]);
  });

  it('are read from bare Base64, and may be one', () => {
    const bare = publicForms[1]![1];
    expect(parsePublicKeys(`${bare}, ${bare}`)).toHaveLength(2);
    expect(parsePublicKeys(bare)).toHaveLength(1);
  });

  it('are at least one, and each of them usable', () => {
    expect(() => parsePublicKeys(' , \\n')).toThrow('there is no public key');
    expect(() => parsePublicKeys(`${publicKeyPem}${privateKeyPem}`)).toThrow('this is a private key');
  });
});
