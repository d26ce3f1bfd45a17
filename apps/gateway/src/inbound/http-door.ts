import { type Logger, ProblemFilter, traceRequests } from '@kasir/platform';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { malformed } from './problems.js';
import { RefusalFilter } from './refusal.filter.js';

const largestBodyBytes = 32_768;

/** @param trustedProxies whose x-forwarded-for is believed */
export const httpAdapter = (trustedProxies: readonly string[] | undefined): FastifyAdapter =>
  new FastifyAdapter({
    bodyLimit: largestBodyBytes,
    trustProxy: trustedProxies === undefined ? false : [...trustedProxies],
    // Who comes while we stop is still served, and told to close the connection.
    return503OnClosing: false,
  });

/** JSON is the only body we read; nothing that we say may be kept by a cache. */
export function prepareHttp(app: NestFastifyApplication, logger: Logger): void {
  const fastify = app.getHttpAdapter().getInstance();
  traceRequests(fastify);
  fastify.addHook('onRequest', (_, reply, done) => {
    void reply.header('cache-control', 'no-store');
    done();
  });
  fastify.removeAllContentTypeParsers();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    void parse(request, body as string, (error, value) =>
      error === null ? done(null, value) : done(malformed([{ field: 'body', message: 'must be JSON' }])),
    );
  });
  app.useGlobalFilters(new RefusalFilter(new ProblemFilter(logger), logger));
}
