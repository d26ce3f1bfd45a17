import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type BankMethod } from '../banks/bank-method.js';
import { methodOf } from '../banks/choose.js';
import { type Core } from '../core.js';
import { type Fault } from '../faults.js';
import { SimulatorRefusal } from '../refusal.js';
import { isObject } from '../protocol/field-rules.js';
import { type Session } from '../state/views.js';

interface SessionRoute {
  readonly Params: { readonly paymentRequestId: string };
}

/** What a test, a demo or a person tells the simulator, and asks of it. */
export function controlRoutes(app: FastifyInstance, core: Core): void {
  app.get('/_sim/health', () => ({ status: 'up' }));
  app.get('/_sim/ledger', () => core.world.ledger());
  app.get('/_sim/sessions', () => core.world.payments.sessions().map(withoutData));
  app.get('/_sim/refunds', () => core.world.refunds.refunds());
  app.get('/_sim/notifications', () => core.world.notifications());
  app.get('/_sim/journal', (_, reply) =>
    reply.type('application/x-ndjson').send(
      core.journal
        .entries()
        .map((entry) => `${JSON.stringify(entry)}\n`)
        .join(''),
    ),
  );
  app.post<SessionRoute>('/_sim/sessions/:paymentRequestId/submit', (request) =>
    withoutData(core.cashier.submit(request.params.paymentRequestId, methodIn(orderIn(request)))),
  );
  app.post<SessionRoute>('/_sim/sessions/:paymentRequestId/pay', ({ params }) =>
    core.cashier.pay(params.paymentRequestId),
  );
  app.post<SessionRoute>('/_sim/sessions/:paymentRequestId/refuse', (request) => {
    const { code } = orderIn(request);
    if (code !== undefined && typeof code !== 'string') throw new SimulatorRefusal(400, 'code must be a text');
    core.cashier.refuse(request.params.paymentRequestId, code);
    return { paymentRequestId: request.params.paymentRequestId, status: 'refused' };
  });
  app.post('/_sim/faults', (request, reply) => {
    addFault(core, orderIn(request));
    return reply.code(204).send();
  });
  app.delete('/_sim/faults', (_, reply) => {
    core.faults.clear();
    return reply.code(204).send();
  });
}

/** Whoever holds the session data can pay. */
const withoutData = ({ sessionData: _, ...session }: Session) => session;

function methodIn({ method }: Record<string, unknown>): BankMethod | undefined {
  if (method === undefined) return undefined;
  const known = methodOf(String(method));
  if (known === undefined) throw new SimulatorRefusal(400, `there is no method ${String(method)}`);
  return known;
}

function addFault(core: Core, order: Record<string, unknown>): void {
  try {
    core.faults.add(order as unknown as Fault);
  } catch (error) {
    if (error instanceof RangeError) throw new SimulatorRefusal(400, error.message);
    throw error;
  }
}

function orderIn({ body }: FastifyRequest): Record<string, unknown> {
  if (!Buffer.isBuffer(body) || body.length === 0) return {};
  try {
    const order = JSON.parse(body.toString('utf8')) as unknown;
    if (isObject(order)) return order;
  } catch {
    // Told below.
  }
  throw new SimulatorRefusal(400, 'the body must be a JSON object');
}
