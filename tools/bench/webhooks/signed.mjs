import { signedHeader } from '@kasir/antom';

export const path = '/webhooks/antom/payments';
export const clientId = 'SANDBOX_BENCH';
export const idOf = (run, n) => `ps_${run}_${n}`;

/** So many webhooks of payments that were paid, signed before anything is measured. */
export const signedWebhooks = (run, count, privateKey) =>
  Array.from({ length: count }, (_, n) => {
    const body = JSON.stringify({
      notifyType: 'PAYMENT_RESULT',
      result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success' },
      paymentRequestId: idOf(run, n),
      paymentId: `2026112300000000${run}${String(n).padStart(8, '0')}`,
      paymentAmount: { value: '16000', currency: 'THB' },
      paymentCreateTime: '2026-11-23T08:00:00+08:00',
      paymentTime: '2026-11-23T08:00:05+08:00',
    });
    const time = String(Date.now());
    const signature = signedHeader({ method: 'POST', path, clientId, time, body }, privateKey);
    return {
      body,
      headers: { 'content-type': 'application/json', 'client-id': clientId, 'request-time': time, signature },
    };
  });
