import { type Socket } from 'node:net';
import { type FastifyInstance } from 'fastify';

/**
 * Ends connections that have never asked for anything when the service stops. Node counts them neither as idle nor as busy,
 * so a client that keeps one in reserve would hold the stop up for a minute.
 */
export function endSilentConnectionsOnStop(fastify: FastifyInstance): void {
  const connections = new Set<Socket>();
  fastify.server.on('connection', (connection: Socket) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  fastify.addHook('preClose', (done) => {
    for (const connection of connections) if (connection.bytesRead === 0) connection.destroy();
    done();
  });
}
