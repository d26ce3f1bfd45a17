import { createPublicKey } from 'node:crypto';
import { aSimulator, stopSimulators } from './fixtures/merchant.specs.js';
import { vectors } from './fixtures/vectors.specs.js';

const calls = vectors.filter(({ kind, path }) => kind === 'request' && path.endsWith('/createPaymentSession'));

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
});
