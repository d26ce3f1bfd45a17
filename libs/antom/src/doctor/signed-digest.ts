import { constants, type KeyObject, publicDecrypt } from 'node:crypto';

/** What PKCS#1 v1.5 puts before a SHA-256 digest. Source: RFC 8017, 9.2. */
const sha256Prefix = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/**
 * The digest that a signature was made of, where this key belongs to it; undefined where it does not.
 * So a wrong key can be told from a changed message.
 */
export function signedDigest(signature: Uint8Array, key: KeyObject): Buffer | undefined {
  try {
    const info = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
    const fits = info.length === sha256Prefix.length + 32 && info.subarray(0, sha256Prefix.length).equals(sha256Prefix);
    return fits ? info.subarray(sha256Prefix.length) : undefined;
  } catch {
    return undefined;
  }
}
