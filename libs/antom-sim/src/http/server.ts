import { createServer } from 'node:http';
import { fastify, type FastifyInstance } from 'fastify';
import { type Core } from '../core.js';
import { SimulatorRefusal } from '../refusal.js';
import { antomFront } from './antom-front.js';
import { bankRoutes } from './bank-routes.js';
import { controlRoutes } from './control-routes.js';
import { gatewayRoutes } from './gateway-routes.js';
import { pageRoutes } from './page-routes.js';

/** A line that a caller keeps is not cut off under its next call, in milliseconds. */
const keepAliveTimeout = 72_000;

/** Both doors: Antom's calls, and the control of the simulator under `/_sim`. */
export function buildServer(core: Core): FastifyInstance {
  const takes = antomFront(core);
  const app = fastify({
    forceCloseConnections: true,
    serverFactory: (others) =>
      createServer({ keepAliveTimeout }, (request, response) => takes(request, response) || others(request, response)),
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  app.setErrorHandler((error, _, reply) => {
    const { statusCode = 500, message } = error as { statusCode?: number; message: string };
    return reply.code(error instanceof SimulatorRefusal ? error.status : statusCode).send({ error: message });
  });
  controlRoutes(app, core);
  gatewayRoutes(app, core);
  bankRoutes(app, core);
  pageRoutes(app, core);
  return app;
}
