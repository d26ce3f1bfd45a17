import { type FastifyInstance } from 'fastify';
import { type Core } from '../core.js';
import { type Fault } from '../faults.js';
import { type RuleOrder } from '../rules/rules.js';
import { knownScenarios } from '../rules/scenario-table.js';
import { numberIn, numberOf, ordered, orderIn } from './orders.js';

/** Rules and faults: what is to happen to payments and calls that are still to come. */
export function ruleRoutes(app: FastifyInstance, core: Core): void {
  app.get('/_sim/scenarios', () => ({ rules: core.rules.list(), known: knownScenarios() }));
  app.post('/_sim/scenarios', (request, reply) => {
    const rule = ordered(() => core.rules.add(orderIn(request) as unknown as RuleOrder));
    return reply.code(201).send(rule);
  });
  app.delete('/_sim/scenarios', (_, reply) => {
    core.rules.remove();
    return reply.code(204).send();
  });
  app.delete<{ Params: { id: string } }>('/_sim/scenarios/:id', ({ params }, reply) => {
    core.rules.remove(numberOf('id', params.id));
    return reply.code(204).send();
  });
  app.get('/_sim/faults', () => core.faults.list());
  app.post('/_sim/faults', (request, reply) => {
    ordered(() => core.faults.add(orderIn(request) as unknown as Fault));
    return reply.code(204).send();
  });
  app.delete('/_sim/faults', (_, reply) => {
    core.faults.clear();
    return reply.code(204).send();
  });
  app.post('/_sim/reset', (request, reply) => {
    core.reset(numberIn(orderIn(request), 'seed'));
    return reply.code(204).send();
  });
}
