import { type FastifyInstance } from 'fastify';
import { type Core } from '../core.js';
import { SimulatorRefusal } from '../refusal.js';
import { numberIn, numberOf, orderIn, textIn } from './orders.js';
import { ruleRoutes } from './rule-routes.js';
import { sessionRoutes } from './session-routes.js';

interface NotificationRoute {
  readonly Params: { readonly id: string };
}

/** What a test, a demo or a person tells the simulator, and asks of it. */
export function controlRoutes(app: FastifyInstance, core: Core): void {
  sessionRoutes(app, core);
  ruleRoutes(app, core);
  app.get('/_sim/health', () => ({ status: 'up' }));
  app.get('/_sim/ledger', () => core.world.ledger());
  app.get('/_sim/refunds', () => core.world.refunds.refunds());
  app.get<{ Querystring: { after?: string } }>('/_sim/journal', ({ query }, reply) =>
    reply.type('application/x-ndjson').send(core.journal.lines(numberOf('after', query.after ?? '0'))),
  );
  app.get('/_sim/clock', () => ({ now: core.clock.now() }));
  app.post('/_sim/clock/advance', async (request) => ({
    now: await core.advance(numberIn(orderIn(request), 'ms') ?? 0),
  }));
  notificationRoutes(app, core);
}

function notificationRoutes(app: FastifyInstance, core: Core): void {
  const { courier, world } = core;
  app.get('/_sim/notifications', () => world.notifications());
  app.post('/_sim/notifications/hold', (request, reply) => {
    courier.hold(textIn(orderIn(request), 'match') ?? '*');
    return reply.code(204).send();
  });
  app.post('/_sim/notifications/release', () => ({ released: courier.release() }));
  app.post<NotificationRoute>('/_sim/notifications/:id/resend', ({ params: { id } }, reply) => {
    if (world.notification(id) === undefined) throw new SimulatorRefusal(404, `there is no notification ${id}`);
    courier.resend(id);
    return reply.code(202).send();
  });
}
