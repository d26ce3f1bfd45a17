import { type KeyObject } from 'node:crypto';
import { signedHeader, type SignedMessage, verifySignature } from '@kasir/antom/signatures';
import { refusal, type SimResult } from '../protocol/results.js';

export interface Door {
  readonly clientId: string;
  readonly merchantPublicKey: KeyObject;
  readonly antomPrivateKey: KeyObject;
}

export interface Knock {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
}

/** Why a call is not let in, or undefined when the merchant's signature is right. */
export function refusedAtDoor({ path, headers, body }: Knock, door: Door): SimResult | undefined {
  const [clientId, time, signature] = ['client-id', 'request-time', 'signature'].map((name) => headers[name]);
  if (clientId !== door.clientId) return refusal('CLIENT_INVALID', 'The client is invalid.');
  if (typeof time !== 'string')
    return refusal('PARAM_ILLEGAL', 'Illegal parameters: the header Request-Time is missing.');
  const message = { method: 'POST', path, clientId: door.clientId, time, body };
  const header = typeof signature === 'string' ? signature : undefined;
  const verdict = verifySignature(message, header, [door.merchantPublicKey]);
  return verdict.kind === 'valid'
    ? undefined
    : refusal('SIGNATURE_INVALID', `The signature is invalid: ${verdict.reason}.`);
}

/** The headers that prove an answer. */
export function provingHeaders(
  answer: Omit<SignedMessage, 'method'>,
  { antomPrivateKey }: Door,
): Record<string, string> {
  return {
    'client-id': answer.clientId,
    'response-time': answer.time,
    signature: signedHeader({ ...answer, method: 'POST' }, antomPrivateKey),
  };
}
