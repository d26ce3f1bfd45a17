import { type AddressInfo } from 'node:net';
import { fastify, type FastifyInstance } from 'fastify';
import { type Registry } from 'prom-client';
import { type Health } from './health.js';

export interface AdminServerOptions {
  readonly service: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly host?: string;
  readonly health: Health;
  readonly metrics: Registry;
  /** The operator's verbs of this service. */
  readonly routes?: (app: FastifyInstance) => void | Promise<void>;
}

export interface AdminServer {
  readonly port: number;
  readonly url: string;
  stop(): Promise<void>;
}

/** The second, unpublished door of a service: `/live`, `/ready`, `/metrics`, and the operator's verbs. */
export async function startAdminServer(options: AdminServerOptions): Promise<AdminServer> {
  const { service, health, metrics, host = '0.0.0.0' } = options;
  const app = fastify({ forceCloseConnections: true });
  app.get('/live', () => ({ service, ok: true }));
  app.get('/ready', async (_, reply) => {
    const report = await health.report();
    return reply.status(report.ok ? 200 : 503).send({ service, ...report });
  });
  app.get('/metrics', async (_, reply) => reply.type(metrics.contentType).send(await metrics.metrics()));
  await options.routes?.(app);
  await app.listen({ port: options.port, host });
  const { port } = app.server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}`, stop: () => app.close() };
}
