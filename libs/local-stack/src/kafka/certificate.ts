import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A certificate and its key, in PEM. */
export interface Identity {
  readonly certificate: string;
  readonly privateKey: string;
}

const dayMs = 86_400_000;
/** The clock of whoever makes it may be ahead of the broker's. */
const longAgo = 1_000 * dayMs;
const oid = {
  commonName: '550403',
  ecdsaWithSha256: '2a8648ce3d040302',
  basicConstraints: '551d13',
  subjectAltName: '551d11',
};

/** An authority that nobody knows, and a certificate of it for 127.0.0.1 and localhost; both hold until tomorrow. */
export function privateAuthority(): { readonly authority: Identity; readonly server: Identity } {
  const root = identity('Kasir test authority', [extension(oid.basicConstraints, sequence(boolean(true)))]);
  const names = sequence(tagged(0x82, Buffer.from('localhost')), tagged(0x87, Buffer.from([127, 0, 0, 1])));
  const server = identity('localhost', [extension(oid.subjectAltName, names)], {
    name: 'Kasir test authority',
    key: createPrivateKey(root.privateKey),
  });
  return { authority: root, server };
}

/** Signed by the issuer, or by itself. Source: RFC 5280, section 4.1. */
function identity(name: string, extensions: readonly Buffer[], issuer?: { name: string; key: KeyObject }): Identity {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(objectId(oid.ecdsaWithSha256));
  const body = sequence(
    tagged(0xa0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(8)])),
    algorithm,
    distinguishedName(issuer?.name ?? name),
    sequence(time(Date.now() - longAgo), time(Date.now() + dayMs)),
    distinguishedName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions)),
  );
  const signature = sign('sha256', body, issuer?.key ?? privateKey);
  return {
    certificate: pem('CERTIFICATE', sequence(body, algorithm, tagged(0x03, Buffer.concat([Buffer.of(0), signature])))),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** One element of DER: its tag, the length of its content, the content. */
function tagged(tag: number, content: Buffer): Buffer {
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.of(tag, ...length), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts));
const integer = (bytes: Buffer): Buffer => tagged(0x02, bytes);
const boolean = (value: boolean): Buffer => tagged(0x01, Buffer.of(value ? 0xff : 0));
const objectId = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'));
const text = (value: string): Buffer => tagged(0x0c, Buffer.from(value));
const distinguishedName = (name: string): Buffer =>
  sequence(tagged(0x31, sequence(objectId(oid.commonName), text(name))));
const extension = (id: string, value: Buffer): Buffer => sequence(objectId(id), tagged(0x04, value));
const time = (at: number): Buffer =>
  tagged(0x17, Buffer.from(`${new Date(at).toISOString().slice(2, 19).replaceAll(/[-T:]/g, '')}Z`));

const pem = (label: string, der: Buffer): string =>
  [`-----BEGIN ${label}-----`, ...der.toString('base64').match(/.{1,64}/g)!, `-----END ${label}-----`, ''].join('\n');
