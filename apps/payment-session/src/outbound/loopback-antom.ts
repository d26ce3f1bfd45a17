import { generateKeyPair } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { type AntomConfig, signedHeader } from '@kasir/antom';

export interface LoopbackAntom {
  /** Calls of this account never leave the machine, and no key of the real one signs them. */
  readonly account: AntomConfig;
  close(): Promise<void>;
}

const clientId = 'SANDBOX_WARM_UP';
const answer = JSON.stringify({
  result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success.' },
  paymentSessionData: 'session data'.repeat(100),
});

/** Grants every payment session under a signature of its own, in this process, for the warm-up. */
export async function loopbackAntom(): Promise<LoopbackAntom> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const grant = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    await buffer(request);
    const time = String(Date.now());
    const signature = signedHeader(
      { method: 'POST', path: request.url ?? '', clientId, time, body: answer },
      privateKey,
    );
    response.writeHead(200, { 'content-type': 'application/json', 'response-time': time, signature }).end(answer);
  };
  const server = createServer((request, response) => void grant(request, response).catch(() => response.destroy()));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    account: {
      ANTOM_BASE_URL: `http://127.0.0.1:${port}`,
      ANTOM_CLIENT_ID: clientId,
      ANTOM_MERCHANT_PRIVATE_KEY: privateKey,
      ANTOM_PUBLIC_KEYS: [publicKey],
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
