import { createPublicKey } from 'node:crypto';
import { aSimulator, stopSimulators } from './fixtures/merchant.specs.js';
import { vectors } from './fixtures/vectors.specs.js';

const requests = vectors.filter(({ kind }) => kind === 'request');
const calls = requests.filter(({ path }) => path.endsWith('/createPaymentSession'));
const others = requests.filter(({ path }) => /\/(inquiryPayment|cancel|refund)$/.test(path));

afterEach(stopSimulators);

describe('the simulator', () => {
  it.each(calls.map((vector) => [vector.name, vector] as const))(
    'takes %s, which official SDKs of Antom signed',
    async (_, { publicKeyPem, path, clientId, requestTime, body, signatureHeader }) => {
      const antom = await aSimulator({ clientId, merchantPublicKey: createPublicKey(publicKeyPem) });
      const response = await fetch(antom.url + path, {
        method: 'POST',
        body,
        headers: { 'client-id': clientId, 'request-time': requestTime, signature: signatureHeader },
      });
      expect(await response.json()).toMatchObject({ result: { resultStatus: 'S', resultCode: 'SUCCESS' } });
      expect(antom.sessions()).toHaveLength(1);
    },
  );

  it.each(others.map((vector) => [vector.name, vector] as const))(
    'lets %s in, which official SDKs of Antom signed, and answers it by its rules',
    async (_, { publicKeyPem, path, clientId, requestTime, body, signatureHeader }) => {
      const antom = await aSimulator({ clientId, merchantPublicKey: createPublicKey(publicKeyPem) });
      const response = await fetch(antom.url + path, {
        method: 'POST',
        body,
        headers: { 'client-id': clientId, 'request-time': requestTime, signature: signatureHeader },
      });
      expect(response.headers.has('signature')).toBe(true);
      expect(await response.json()).toMatchObject({ result: { resultStatus: 'F', resultCode: 'ORDER_NOT_EXIST' } });
    },
  );
});
