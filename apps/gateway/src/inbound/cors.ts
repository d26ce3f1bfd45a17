import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

const exposed = 'location, content-location, retry-after, preference-applied, idempotent-replayed';
const allowedHeaders = 'authorization, content-type, idempotency-key, prefer, traceparent';
/** For so long a browser need not ask again, in seconds. */
const remembered = 600;

/** Reads origins such as `https://shop.example`, separated by commas. @throws Error that names the first that is none */
export function parseOrigins(text: string): readonly string[] {
  const origins = text.split(',').map((origin) => origin.trim());
  const wrong = origins.find((origin) => !isOrigin(origin));
  if (wrong === undefined) return origins;
  throw new Error(`must be origins such as https://shop.example, separated by commas; ${wrong || 'nothing'} is none`);
}

const isOrigin = (text: string): boolean =>
  /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;

/** Lets the pages of these origins call us from a browser; every other page gets no permission, and so no answer. */
export function allowOrigins(fastify: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('vary', 'origin');
    const origin = request.headers.origin;
    if (origin === undefined || !origins.includes(origin)) return done();
    void reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': exposed });
    if (isPreflight(request)) permit(reply);
    else done();
  });
}

const isPreflight = ({ method, headers }: FastifyRequest): boolean =>
  method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;

const permit = (reply: FastifyReply): void =>
  void reply
    .status(204)
    .headers({
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': allowedHeaders,
      'access-control-max-age': String(remembered),
    })
    .send();
