import { compactDecrypt } from 'jose';
import { type Decrypt } from '../application/ports.js';

/** Opens compact JWE (`dir`, A256GCM) with the key that only payment-session and gateway have. */
export function sessionDecrypter(key: Uint8Array): Decrypt {
  return async (encrypted) => {
    const { plaintext } = await compactDecrypt(encrypted, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    }).catch((cause: unknown) => {
      throw new Error('session data cannot be opened: is SESSION_DATA_KEY the one of payment-session?', { cause });
    });
    return new TextDecoder().decode(plaintext);
  };
}
