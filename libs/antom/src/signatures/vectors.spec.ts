import { vectors } from '../fixtures/vectors.specs.js';
import {
  parsePrivateKey,
  parsePublicKey,
  readSignatureHeader,
  sign,
  signedHeader,
  stringToSign,
  verifySignature,
} from './index.js';

const messageOf = ({ method, path, clientId, requestTime, body }: (typeof vectors)[number]) => ({
  method,
  path,
  clientId,
  time: requestTime,
  body,
});
const of = (expected: boolean | null) => vectors.filter(({ expectedValid }) => expectedValid === expected);
const byName = (list: typeof vectors) => list.map((one) => [one.name, one] as const);

describe('the signatures that official SDKs of Antom made', () => {
  it.each(byName(of(true)))('%s is made again byte for byte, and accepted', (_, vector) => {
    const message = messageOf(vector);
    expect(stringToSign(message).toString('base64')).toBe(vector.stringToSignBase64);
    expect(sign(message, parsePrivateKey(vector.privateKeyPem))).toBe(
      readSignatureHeader(vector.signatureHeader).signature,
    );
    expect(verifySignature(message, vector.signatureHeader, [parsePublicKey(vector.publicKeyPem)])).toEqual({
      kind: 'valid',
      keyVersion: '1',
    });
  });

  it.each(byName(of(true).filter(({ signatureHeader }) => !signatureHeader.includes(', '))))(
    '%s has the header that we would send',
    (_, vector) => {
      expect(signedHeader(messageOf(vector), parsePrivateKey(vector.privateKeyPem))).toBe(vector.signatureHeader);
    },
  );

  it.each(byName(of(true)))('%s is the same signed as bytes', (_, vector) => {
    const message = { ...messageOf(vector), body: Buffer.from(vector.body, 'utf8') };
    expect(verifySignature(message, vector.signatureHeader, [parsePublicKey(vector.publicKeyPem)]).kind).toBe('valid');
  });

  it.each(byName(of(false)))('%s is refused', (_, vector) => {
    expect(
      verifySignature(messageOf(vector), vector.signatureHeader, [parsePublicKey(vector.publicKeyPem)]),
    ).toMatchObject({
      kind: 'invalid',
      reason: vector.signatureHeader.includes('signature=') ? 'signature does not match' : 'no signature in the header',
    });
  });

  it.each(byName(of(null)))(
    '%s is accepted: the official SDKs disagree, and whoever made the signature holds the key however he spelt it',
    (_, vector) => {
      expect(
        verifySignature(messageOf(vector), vector.signatureHeader, [parsePublicKey(vector.publicKeyPem)]).kind,
      ).toBe('valid');
    },
  );
});
