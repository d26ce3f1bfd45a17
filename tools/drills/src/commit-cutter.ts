import { connect, createServer, type Server, type Socket } from 'node:net';

/** PostgreSQL's simple query message for the end of a transaction, as pg sends it, in lower case. */
const commit = 'q\0\0\0\x0bcommit\0';

/**
 * Stands between a service and PostgreSQL and cuts every so many-th connection at its COMMIT: in turn before the server
 * hears it, and after the server has answered but before the service hears the answer. The service cannot tell which.
 */
export class CommitCutter {
  cutBefore = 0;
  cutAfter = 0;
  #commits = 0;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  private constructor(
    private readonly target: { readonly host: string; readonly port: number },
    private readonly everyNth: number,
  ) {
    this.#server = createServer((client) => this.#serve(client));
  }

  static async before(url: string, everyNth: number): Promise<CommitCutter> {
    const { hostname, port } = new URL(url);
    const cutter = new CommitCutter({ host: hostname, port: Number(port) }, everyNth);
    await new Promise<void>((resolve) => cutter.#server.listen(0, '127.0.0.1', resolve));
    return cutter;
  }

  /** The same database, through this cutter. */
  through(url: string): string {
    const { port } = this.#server.address() as { port: number };
    const changed = new URL(url);
    changed.host = `127.0.0.1:${port}`;
    return changed.href;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(client: Socket): void {
    const server = connect(this.target);
    const cut = (): void => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      this.#sockets.add(socket.setNoDelay(true));
      socket.on('error', cut).on('close', () => {
        this.#sockets.delete(socket);
        cut();
      });
    }
    let deaf = false;
    client.on('data', (bytes) => {
      const turn = bytes.toString('latin1').toLowerCase().includes(commit) ? (this.#commits += 1) : 0;
      if (turn === 0 || turn % this.everyNth !== 0) return void server.write(bytes);
      if ((turn / this.everyNth) % 2 === 0) {
        this.cutBefore += 1;
        return cut();
      }
      deaf = true;
      server.write(bytes);
    });
    server.on('data', (bytes) => {
      if (!deaf) return void client.write(bytes);
      this.cutAfter += 1;
      cut();
    });
  }
}
