/** The least that a webhook can cost: the same server verifies the signature and acknowledges at once. */
import { acknowledgement, parsePublicKeys, readNotification } from '@kasir/antom';
import Fastify from 'fastify';

const { clientId, publicKey } = JSON.parse(process.argv[2]);
const trust = { clientId, publicKeys: parsePublicKeys(publicKey) };
const app = Fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
app.post('/webhooks/antom/payments', ({ method, url, headers, body }, reply) => {
  const { kind } = readNotification({ method, path: url, headers, rawBody: body }, trust);
  return reply
    .status(kind === 'attempt' ? 200 : 401)
    .type('application/json')
    .send(acknowledgement);
});
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
