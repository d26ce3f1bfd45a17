/** The least that a webhook can cost: the same server verifies the signature, keeps the bytes, and acknowledges. */
import { acknowledgement, parsePublicKeys, readNotification } from '@kasir/antom';
import { bearingLosses, bearLosses } from '@kasir/kernel';
import Fastify from 'fastify';
import pg from 'pg';

const { clientId, publicKey, url: database } = JSON.parse(process.argv[2]);
const trust = { clientId, publicKeys: parsePublicKeys(publicKey) };
const pool = bearLosses(new pg.Pool({ ...bearingLosses, connectionString: database, max: 10 }));
const keep = { name: 'keep', text: 'insert into kept (headers, body) values ($1, $2)' };
const app = Fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
app.post('/webhooks/antom/payments', async ({ method, url, headers, body }, reply) => {
  const { kind } = readNotification({ method, path: url, headers, rawBody: body }, trust);
  if (kind === 'attempt') await pool.query({ ...keep, values: [headers, body] });
  return reply
    .status(kind === 'attempt' ? 200 : 401)
    .type('application/json')
    .send(acknowledgement);
});
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
