export { parsePrivateKey, parsePublicKey, parsePublicKeys, UnusableKey } from './keys.js';
export { sign, signedHeader } from './sign.js';
export { readSignatureHeader, type SignatureHeader, signatureHeader } from './signature-header.js';
export { type SignedMessage, stringToSign } from './string-to-sign.js';
export { type SignatureProblem, type Verdict, verifySignature } from './verify.js';
