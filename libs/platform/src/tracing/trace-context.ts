import { AsyncLocalStorage } from 'node:async_hooks';
import { type FastifyInstance } from 'fastify';
import { logContext } from '../log/log-context.js';
import { childTraceparent, traceIdOf } from './traceparent.js';

const storage = new AsyncLocalStorage<string>();

/** The step that the running work belongs to: what an outgoing event or call takes along. */
export const currentTraceparent = (): string | undefined => storage.getStore();

/** Runs the work as this step of a trace; its log lines carry the trace's id. */
export function withTrace<Result>(traceparent: string, work: () => Result): Result {
  return storage.run(traceparent, () => logContext.run({ traceId: traceIdOf(traceparent) }, work));
}

/** Every HTTP request becomes a step of the caller's trace, or begins one. */
export function traceRequests(app: Pick<FastifyInstance, 'addHook'>): void {
  const steps = new WeakMap<object, string>();
  app.addHook('onRequest', (request, _, done) => {
    const { traceparent } = request.headers;
    const step = childTraceparent(typeof traceparent === 'string' ? traceparent : undefined);
    steps.set(request, step);
    withTrace(step, done);
  });
  // The body's last chunk arrives in the socket's context, not in the request's.
  app.addHook('preValidation', (request, _, done) => withTrace(steps.get(request)!, done));
}
