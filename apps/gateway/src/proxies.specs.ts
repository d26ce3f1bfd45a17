import { connect, createServer, type Server, type Socket } from 'node:net';
import { type AddressInfo } from 'node:net';

/** A line between a service and its server, which a test can cut, mend, freeze and thaw. */
export interface Line {
  readonly port: number;
  /** Breaks every connection and refuses new ones. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** Connections stay and nothing passes, as with a server that hangs. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

/** @param rewrite changes what the server says */
export async function openLine(
  host: string,
  port: number,
  rewrite?: (line: Line) => (chunk: Buffer) => Buffer,
): Promise<Line> {
  const sockets = new Set<Socket>();
  let frozen = false;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    if (frozen) socket.pause();
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server: Server = createServer((client) => {
    const upstream = connect(port, host);
    const change = rewrite?.(line) ?? ((chunk: Buffer) => chunk);
    for (const socket of [client, upstream]) keep(socket);
    client.on('data', (chunk) => upstream.write(chunk));
    upstream.on('data', (chunk) => client.write(change(chunk)));
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
    if (frozen) for (const socket of [client, upstream]) socket.pause();
  });
  const listen = (on: number) => new Promise<void>((resolve) => server.listen(on, '127.0.0.1', resolve));
  const hangUp = () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    return closed;
  };
  await listen(0);
  const line: Line = {
    port: (server.address() as AddressInfo).port,
    cut: hangUp,
    mend: () => listen(line.port),
    freeze: () => {
      frozen = true;
      for (const socket of sockets) socket.pause();
    },
    thaw: () => {
      frozen = false;
      for (const socket of sockets) socket.resume();
    },
    close: async () => void (server.listening && (await hangUp())),
  };
  return line;
}

/**
 * A line to a broker. A broker tells its clients where to call it; here it is made to name the line instead of itself, so that
 * they stay on it. The texts have the same length: host, then the port as four bytes.
 */
export async function openBrokerLine(broker: string): Promise<Line> {
  const [host = '', port = ''] = broker.split(':');
  const itself = address(host, Number(port));
  return openLine(host, Number(port), (line) => (chunk) => {
    for (let at = chunk.indexOf(itself); at !== -1; at = chunk.indexOf(itself, at + 1))
      chunk.writeInt32BE(line.port, at + itself.length - 4);
    return chunk;
  });
}

function address(host: string, port: number): Buffer {
  const bytes = Buffer.alloc(host.length + 4);
  bytes.write(host);
  bytes.writeInt32BE(port, host.length);
  return bytes;
}
