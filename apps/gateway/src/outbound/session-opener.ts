import { compactDecrypt } from 'jose';
import { type OpenSealed } from '../application/ports.js';

/** Opens compact JWE (`dir`, A256GCM) with the key that only payment-session and gateway have. */
export function sessionOpener(key: Uint8Array): OpenSealed {
  return async (sealed) => {
    const { plaintext } = await compactDecrypt(sealed, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    }).catch((cause: unknown) => {
      throw new Error('session data cannot be opened: is SESSION_DATA_KEY the one of payment-session?', { cause });
    });
    return new TextDecoder().decode(plaintext);
  };
}
