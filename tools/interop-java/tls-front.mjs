/** Antom's SDK speaks https only: a front with a certificate of its own before the simulator. */
import { request as httpRequest } from 'node:http';
import { createServer } from 'node:https';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const passphrase = 'interop';

/** @returns `{ url, trust, stop }`; every call goes on to the target as it came, `trust` lets Java trust the certificate */
export async function startTlsFront(folder, target) {
  const { hostname, port } = new URL(target);
  const keyStore = certificate(folder);
  const server = createServer({ pfx: readFileSync(keyStore), passphrase }, (incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const onward = httpRequest({ hostname, port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  const trust = [`-Djavax.net.ssl.trustStore=${keyStore}`, `-Djavax.net.ssl.trustStorePassword=${passphrase}`];
  return { url: `https://127.0.0.1:${server.address().port}`, trust, stop };
}

/** keytool comes with every JDK. */
function certificate(folder) {
  const file = join(folder, 'front.p12');
  execFileSync(
    'keytool',
    [
      ...['-genkeypair', '-alias', 'front', '-keyalg', 'RSA', '-keysize', '2048', '-validity', '2'],
      ...['-dname', 'CN=127.0.0.1', '-ext', 'SAN=ip:127.0.0.1,dns:localhost'],
      ...['-storetype', 'PKCS12', '-keystore', file, '-storepass', passphrase],
    ],
    { stdio: 'ignore' },
  );
  return file;
}
