import { fastify } from 'fastify';
import { logContext } from '../log/log-context.js';
import { currentTraceparent, traceRequests, withTrace } from './trace-context.js';
import { newTraceparent, traceIdOf } from './traceparent.js';

describe('a piece of work', () => {
  it('knows the step of the trace it belongs to, and so does its log', async () => {
    const step = newTraceparent();
    await withTrace(step, async () => {
      await Promise.resolve();
      expect(currentTraceparent()).toBe(step);
      expect(logContext.current()).toEqual({ traceId: traceIdOf(step) });
    });
    expect(currentTraceparent()).toBeUndefined();
  });
});

describe('an HTTP request', () => {
  it.each(['GET', 'POST'])('goes on in the trace of its caller (%s)', async (method) => {
    const app = fastify();
    traceRequests(app);
    app.route({
      method,
      url: '/',
      handler: async () => ({ step: currentTraceparent(), traceId: logContext.current().traceId }),
    });
    await app.listen({ port: 0, host: '127.0.0.1' });
    try {
      const parent = newTraceparent();
      const answer = await fetch(app.listeningOrigin, {
        method,
        headers: { traceparent: parent, 'content-type': 'application/json' },
        ...(method === 'POST' ? { body: '{"a":1}' } : {}),
      });
      const { step, traceId } = (await answer.json()) as { step: string; traceId: string };
      expect(traceId).toBe(traceIdOf(parent));
      expect(traceIdOf(step)).toBe(traceIdOf(parent));
      expect(step).not.toBe(parent);
    } finally {
      await app.close();
    }
  });
});
