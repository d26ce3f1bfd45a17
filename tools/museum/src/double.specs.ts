import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { AntomClient, buildCreatePaymentSession, readNotification, type Notification } from '@kasir/antom';
import { type Simulator, startSimulator, VirtualTime } from '@kasir/antom-sim';
import { type Money } from '@kasir/kernel';

const clientId = 'SANDBOX_5X00000000000000';
const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const acknowledgement = '{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"success"}}';

/** The stand-in for Antom, a merchant that calls it, and what the merchant was told. */
export interface Double {
  readonly antom: Simulator;
  readonly client: AntomClient;
  readonly told: readonly Notification[];
  /** The bytes that ask for a session. */
  wish(paymentRequestId: string, change?: { readonly amount?: Money; readonly bankName?: string }): Wish;
  stop(): Promise<void>;
}

type Wish = ReturnType<typeof buildCreatePaymentSession>;

export async function openDouble(): Promise<Double> {
  const [merchant, provider, clock] = [rsa(), rsa(), new VirtualTime(new Date('2026-03-01T10:00:00Z'))];
  const told: Notification[] = [];
  const ear = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const trust = { clientId, publicKeys: [provider.publicKey] };
      told.push(readNotification({ method, path, headers, rawBody: Buffer.concat(parts) }, trust));
      response.writeHead(200, { 'content-type': 'application/json' }).end(acknowledgement);
    });
  });
  await new Promise<void>((resolve) => ear.listen(0, '127.0.0.1', resolve));
  const { port } = ear.address() as AddressInfo;
  const keys = { merchantPublicKey: merchant.publicKey, antomPrivateKey: provider.privateKey };
  const antom = await startSimulator({ clientId, ...keys, clock, timer: clock });
  const account = { clientId, privateKey: merchant.privateKey, publicKeys: [provider.publicKey] };
  const client = new AntomClient({ ...account, baseUrl: antom.url, clock });
  return {
    antom,
    client,
    told,
    wish: (paymentRequestId, { amount = { value: '16000', currency: 'THB' }, bankName = 'Bangkok Bank' } = {}) =>
      buildCreatePaymentSession({
        ...{ paymentRequestId, orderId: `order-${paymentRequestId}`, description: 'Cappuccino' },
        ...{ orderAmount: amount, amount, bank: { bankName }, terminal: { type: 'APP', os: 'IOS' } },
        ...{ clientIp: '203.0.113.7', settlementCurrency: 'USD', now: clock.now() },
        redirectUrl: 'https://shop.example/back',
        notifyUrl: `http://127.0.0.1:${port}/webhooks`,
      }),
    async stop() {
      await client.close();
      await antom.stop();
      ear.closeAllConnections();
      ear.close();
    },
  };
}
