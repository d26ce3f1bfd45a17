import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { type AddressInfo } from 'node:net';

const file = createRequire(import.meta.url).resolve('@alipay/ams-checkout/dist/umd/ams-checkout.min.js');

/** Antom's web SDK 1.47.2, byte for byte as it is published. */
export const sdkSha256 = '3ceea4272133244ccb61a6cd564f22b8c4f8427067cdfc981298ddd6ff0b594f';

export const sha256OfSdk = (): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Hands a session to Antom's SDK as its manual says, and keeps what each of its four channels said. */
const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>Mika's coffee shop</title>
<link rel="icon" href="data:," />
<h1>Mika's coffee shop</h1>
<script src="/antom.js"></script>
<script>
  const heard = [];
  const hears = (channel) => (said) => heard.push({ channel, ...said });
  function pay(sessionData, locale) {
    const checkout = new AMSCashierPayment({
      environment: 'dev',
      locale,
      analytics: { enabled: false },
      onEventCallback: hears('event'),
      onError: hears('error'),
      onClose: hears('close'),
    });
    checkout.createComponent({ sessionData, appearance: { showLoading: true } }).then(
      () => heard.push({ channel: 'promise', code: 'resolved' }),
      (error) => heard.push({ channel: 'promise', code: 'rejected', errorCode: error.errorCode ?? error.code }),
    );
  }
</script>
</html>`;

export interface Shop {
  /** The shop's page, on which the SDK looks for its frame and its gateway at the simulator. */
  pageFor(simulatorUrl: string): string;
  stop(): Promise<void>;
}

/** A shop of two files. */
export async function openShop(): Promise<Shop> {
  const sdk = readFileSync(file);
  const server = createServer(({ url }, response) => {
    if (url === '/antom.js') response.setHeader('content-type', 'text/javascript').end(sdk);
    else response.setHeader('content-type', 'text/html; charset=utf-8').end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const home = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    pageFor: (simulatorUrl) => {
      const hooks = { _moreEnv: 'true', host: `${simulatorUrl}/cashier`, requestHost: `${simulatorUrl}/mgw.htm` };
      return `${home}?${new URLSearchParams(hooks)}`;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
