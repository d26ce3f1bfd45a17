import { FastifyAdapter } from '@nestjs/platform-fastify';

/** A webhook of Antom has some 2 kB. */
const longestBody = 64 * 1024;

/** Bodies stay the bytes that came, whatever type they claim: a signature covers bytes. */
export function rawBodies(): FastifyAdapter {
  const adapter = new FastifyAdapter({ bodyLimit: longestBody });
  const app = adapter.getInstance();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  return adapter;
}
