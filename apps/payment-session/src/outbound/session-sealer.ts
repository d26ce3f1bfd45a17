import { CompactEncrypt } from 'jose';
import { type Seal } from '../application/ports.js';

/** Seals as compact JWE (`dir`, A256GCM) under the key that only payment-session and gateway have. */
export function sessionSealer(key: Uint8Array): Seal {
  return (sessionData) =>
    new CompactEncrypt(new TextEncoder().encode(sessionData))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .encrypt(key);
}
