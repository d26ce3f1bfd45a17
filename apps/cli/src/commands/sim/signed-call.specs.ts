import { type KeyObject } from 'node:crypto';
import { signedHeader } from '@kasir/antom';

/** A merchant opens a session at the simulator. */
export async function signedCall(url: string, privateKey: KeyObject, paymentRequestId: string): Promise<void> {
  const amount = { currency: 'THB', value: '160' };
  const path = '/ams/sandbox/api/v1/payments/createPaymentSession';
  const body = JSON.stringify({
    productCode: 'CASHIER_PAYMENT',
    paymentRequestId,
    order: { referenceOrderId: `order of ${paymentRequestId}`, orderDescription: 'Cappuccino', orderAmount: amount },
    paymentAmount: amount,
    paymentMethod: { paymentMethodType: 'BANK', paymentMethodMetaData: { paymentMethodRegion: 'TH' } },
    paymentRedirectUrl: 'https://coffee.example/return',
    paymentNotifyUrl: 'http://127.0.0.1:1/nobody',
    settlementStrategy: { settlementCurrency: 'USD' },
  });
  const message = { method: 'POST', path, clientId: 'SANDBOX_1', time: String(Date.now()), body };
  const signature = signedHeader(message, privateKey);
  const headers = { 'client-id': message.clientId, 'request-time': message.time, signature };
  const answer = await fetch(url + path, { method: 'POST', body, headers });
  const { result } = (await answer.json()) as { result: { resultStatus: string; resultMessage: string } };
  if (result.resultStatus !== 'S') throw new Error(result.resultMessage);
}
