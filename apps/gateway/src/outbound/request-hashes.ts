import { createHash } from 'node:crypto';
import { type Dependencies } from '../application/ports.js';
import { canonical } from '../domain/same-request.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** With the longest prefix an id has 64 characters. Digits and small letters, because not everyone tells large ones apart. */
const length = 36;

/** @param prefix of payment sessions; it tells this deployment, which serves one merchant account, from others at Antom */
export const requestHashes = (prefix: string): Pick<Dependencies, 'idOf' | 'fingerprintOf'> => ({
  idOf: ({ operation, by, orderId, idempotencyKey }) => {
    const hash = sha256(JSON.stringify([prefix, by, operation, orderId, idempotencyKey])).slice(0, length);
    return (operation === 'refund' ? 'rf_' : prefix) + hash;
  },
  fingerprintOf: (asked) => sha256(canonical(asked)),
});
