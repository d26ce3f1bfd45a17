import { fastify, type FastifyInstance } from 'fastify';
import { type Core } from '../core.js';
import { SimulatorRefusal } from '../refusal.js';
import { antomRoutes } from './antom-routes.js';
import { bankRoutes } from './bank-routes.js';
import { controlRoutes } from './control-routes.js';
import { gatewayRoutes } from './gateway-routes.js';
import { pageRoutes } from './page-routes.js';

/** Both doors: Antom's calls, and the control of the simulator under `/_sim`. */
export function buildServer(core: Core): FastifyInstance {
  const app = fastify({ forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  app.setErrorHandler((error, _, reply) => {
    const { statusCode = 500, message } = error as { statusCode?: number; message: string };
    return reply.code(error instanceof SimulatorRefusal ? error.status : statusCode).send({ error: message });
  });
  antomRoutes(app, core);
  controlRoutes(app, core);
  gatewayRoutes(app, core);
  bankRoutes(app, core);
  pageRoutes(app, core);
  return app;
}
