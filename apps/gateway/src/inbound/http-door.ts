import { type Logger, type ProblemBody, ProblemFilter, traceRequests } from '@kasir/platform';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyReply } from 'fastify';
import { allowOrigins } from './cors.js';
import { largestBodyBytes, malformed, notFound } from './problems.js';
import { RefusalFilter } from './refusal.filter.js';
import { endSilentConnectionsOnStop } from './silent-connections.js';

/** How long a caller may take to send its request. */
const slowestRequestMs = 30_000;

/** @param trustedProxies whose x-forwarded-for is believed */
export const httpAdapter = (trustedProxies: readonly string[] | undefined): FastifyAdapter =>
  new FastifyAdapter({
    bodyLimit: largestBodyBytes,
    requestTimeout: slowestRequestMs,
    trustProxy: trustedProxies === undefined ? false : [...trustedProxies],
    // Who comes while we stop is still served, and told to close the connection.
    return503OnClosing: false,
    frameworkErrors: (error: { code: string }, _: unknown, reply: FastifyReply) => sendUnroutable(error, reply),
  });

/** The address itself cannot be read, or names something longer than any id. */
function sendUnroutable({ code }: { code: string }, reply: FastifyReply): void {
  const { body } =
    code === 'FST_ERR_BAD_URL' ? malformed([{ field: 'url', message: 'must be percent-encoded UTF-8' }]) : notFound();
  sendProblem(body, reply);
}

const sendProblem = (body: ProblemBody, reply: FastifyReply): void =>
  void reply
    .status(body.status)
    .headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
    .send(Buffer.from(JSON.stringify(body)));

/** JSON is the only body we read; nothing that we say may be kept by a cache. */
export function prepareHttp(app: NestFastifyApplication, logger: Logger, origins: readonly string[] = []): void {
  const fastify = app.getHttpAdapter().getInstance();
  traceRequests(fastify);
  endSilentConnectionsOnStop(fastify);
  fastify.addHook('onRequest', (_, reply, done) => {
    void reply.header('cache-control', 'no-store');
    done();
  });
  allowOrigins(fastify, origins);
  for (const name of ['orderId', 'merchant']) fastify.decorateRequest(name, undefined);
  fastify.removeAllContentTypeParsers();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    void parse(request, body as string, (error, value) =>
      error === null ? done(null, value) : done(malformed([{ field: 'body', message: 'must be JSON' }])),
    );
  });
  app.useGlobalFilters(new RefusalFilter(new ProblemFilter(logger), logger));
}
