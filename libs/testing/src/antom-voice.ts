import { generateKeyPairSync } from 'node:crypto';
import { signedHeader } from '@kasir/antom';

export interface SignedWebhook {
  readonly method: 'POST';
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Somebody who can sign as Antom does: Antom itself to whom the public key is given, a forger to everybody else. */
export interface AntomVoice {
  readonly publicKey: string;
  /** A webhook as Antom would send it to a path, ready for fetch. */
  sign(path: string, body: object, time?: string): SignedWebhook;
}

export function antomVoice(clientId: string): AntomVoice {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign(path, content, time = new Date().toISOString()) {
      const body = JSON.stringify(content);
      const signature = signedHeader({ method: 'POST', path, clientId, time, body }, privateKey);
      const headers = { 'client-id': clientId, 'request-time': time, signature, 'content-type': 'application/json' };
      return { method: 'POST', headers, body };
    },
  };
}

/** Antom's notification of one payment, by default of 1.60 baht that were paid. */
export const paymentNotification = (
  paymentRequestId: string,
  paymentId: string,
  { type = 'PAYMENT_RESULT', status = 'S', code = 'SUCCESS', value = '160', currency = 'THB' } = {},
): object => ({
  notifyType: type,
  result: { resultCode: code, resultStatus: status, resultMessage: code.toLowerCase() },
  paymentRequestId,
  paymentId,
  paymentAmount: { value, currency },
  paymentCreateTime: '2026-01-01T08:00:00+08:00',
  ...(status === 'S' && type === 'PAYMENT_RESULT' ? { paymentTime: '2026-01-01T08:00:10+08:00' } : {}),
});
