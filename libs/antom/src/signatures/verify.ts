import { type KeyObject, verify as verifyBytes } from 'node:crypto';
import { readSignatureHeader } from './signature-header.js';
import { isAmbiguous, type SignedMessage, stringToSign } from './string-to-sign.js';

export type SignatureProblem =
  | 'header missing'
  | 'header too long'
  | 'other algorithm'
  | 'no signature in the header'
  | 'signature is not Base64'
  | 'ambiguous message'
  | 'signature does not match';

export type Verdict =
  | { readonly kind: 'valid'; readonly keyVersion?: string }
  | { readonly kind: 'invalid'; readonly reason: SignatureProblem; readonly detail: string };

const longestHeader = 4096;

/**
 * Whether the header is a signature of the message by one of the keys.
 * Several keys may be trusted at once, so that a key can be rotated without a gap; each of them is tried.
 */
export function verifySignature(
  message: SignedMessage,
  header: string | undefined,
  publicKeys: readonly KeyObject[],
): Verdict {
  if (header === undefined || header === '') return invalid('header missing', 'there is no Signature header');
  if (header.length > longestHeader)
    return invalid(
      'header too long',
      `the Signature header has ${header.length} characters, at most ${longestHeader} are read`,
    );
  const { algorithm, keyVersion, signature } = readSignatureHeader(header);
  if (algorithm !== undefined && algorithm.toUpperCase() !== 'RSA256')
    return invalid('other algorithm', 'the algorithm is not RSA256');
  if (signature === undefined || signature === '')
    return invalid('no signature in the header', 'the Signature header has no single part "signature="');
  const bytes = decodeBase64(signature);
  if (bytes === undefined)
    return invalid('signature is not Base64', 'the signature is not URL-encoded standard Base64 with padding');
  if (isAmbiguous(message))
    return invalid('ambiguous message', 'the method, path, client id or time could be a piece of another message');
  const signed = stringToSign(message);
  if (!publicKeys.some((key) => verifyBytes('sha256', signed, key, bytes)))
    return invalid(
      'signature does not match',
      `no trusted key (${publicKeys.length}) made this signature for ${message.method} ${message.path}, client ` +
        `${message.clientId}, time ${message.time} and these ${Buffer.byteLength(message.body)} bytes of body`,
    );
  return keyVersion === undefined ? { kind: 'valid' } : { kind: 'valid', keyVersion };
}

const invalid = (reason: SignatureProblem, detail: string): Verdict => ({ kind: 'invalid', reason, detail });

/** Only the one spelling that encoding gives, so that a changed header is never the same signature. */
function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
