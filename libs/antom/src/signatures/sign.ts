import { type KeyObject, sign as signBytes } from 'node:crypto';
import { signatureHeader } from './signature-header.js';
import { type SignedMessage, stringToSign } from './string-to-sign.js';

/** The Base64 signature (RSASSA-PKCS1-v1_5, SHA-256) of a message. The same message always gives the same signature. */
export const sign = (message: SignedMessage, privateKey: KeyObject): string =>
  signBytes('sha256', stringToSign(message), privateKey).toString('base64');

/** The `Signature` header of a message. */
export const signedHeader = (message: SignedMessage, privateKey: KeyObject, keyVersion = '1'): string =>
  signatureHeader(sign(message, privateKey), keyVersion);
