import { once } from 'node:events';
import { createServer } from 'node:net';

/** So many ports of 127.0.0.1 that nobody listens on. */
export async function freePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, () => listen()));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => close(server)));
  return ports;
}

export async function listen(port = 0) {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

export async function close(server) {
  server.close();
  await once(server, 'close');
}
