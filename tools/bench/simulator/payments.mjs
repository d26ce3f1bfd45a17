import { sign } from 'node:crypto';
import { Agent, request } from 'node:http';

export const clientId = 'SANDBOX_BENCH';
const path = '/ams/sandbox/api/v1/payments/createPaymentSession';
let issued = 0;

/** So many requests to create a session, signed before anything is measured: our own signatures take the processor, too. */
export const signedRequests = (count, notifyUrl, privateKey) =>
  Array.from({ length: count }, () => signedRequest(`ps_${(issued += 1)}`, notifyUrl, privateKey));

function signedRequest(paymentRequestId, notifyUrl, privateKey) {
  const amount = { currency: 'THB', value: '16000' };
  const order = { referenceOrderId: paymentRequestId, orderDescription: 'Cappuccino #grande', orderAmount: amount };
  const body = JSON.stringify({
    productCode: 'CASHIER_PAYMENT',
    paymentRequestId,
    order,
    paymentAmount: amount,
    paymentMethod: { paymentMethodType: 'BANK', paymentMethodMetaData: '{"bankName":"Siam Commerical Bank"}' },
    paymentRedirectUrl: 'https://coffee.example/return',
    paymentNotifyUrl: notifyUrl,
    settlementStrategy: { settlementCurrency: 'USD' },
    env: { terminalType: 'APP', osType: 'IOS', clientIp: '203.0.113.7' },
  });
  const time = String(Date.now());
  const signature = sign('sha256', Buffer.from(`POST ${path}\n${clientId}.${time}.${body}`), privateKey);
  const header = `algorithm=RSA256,keyVersion=1,signature=${encodeURIComponent(signature.toString('base64'))}`;
  const headers = {
    'content-type': 'application/json',
    'client-id': clientId,
    'request-time': time,
    signature: header,
  };
  return { headers, body };
}

/** Creates so many sessions a second, each of which is paid by itself, and waits for their answers. */
export async function pay(port, requests, rate) {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const tickMs = 10;
  const answers = [];
  const began = Date.now();
  while (answers.length < requests.length) {
    const due = Math.min(requests.length, Math.ceil(((Date.now() - began + tickMs) / 1000) * rate));
    for (const each of requests.slice(answers.length, due)) answers.push(send(agent, port, each));
    await new Promise((resolve) => setTimeout(resolve, tickMs));
  }
  await Promise.all(answers);
  agent.destroy();
}

function send(agent, port, { headers, body }) {
  return new Promise((resolve, reject) => {
    const call = request({ port, path, method: 'POST', headers, agent }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`the simulator answered ${answer.statusCode}`));
      answer.resume().on('end', resolve);
    });
    call.on('error', reject).end(body);
  });
}
