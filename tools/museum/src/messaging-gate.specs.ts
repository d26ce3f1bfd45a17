import { AsyncLocalStorage } from 'node:async_hooks';
import net, { type NetConnectOpts, type Server, type Socket } from 'node:net';
import { testBrokers } from '@kasir/testing';
import { type Street } from './messaging-lab.specs.js';

const throughGate = new AsyncLocalStorage<Gate>();
const direct = net.connect;

/** kafkajs connects to where the broker says it is; who lives behind a gate is led through it all the same. */
Object.assign(net, {
  connect(options: NetConnectOpts & { port: number }, onConnect?: () => void): Socket {
    const gate = throughGate.getStore();
    return direct(gate === undefined ? options : { ...options, port: gate.port }, onConnect);
  },
});
export const removeGates = (): object => Object.assign(net, { connect: direct });

/** The line between some services and the broker, which can be cut, or go silent. */
export class Gate {
  readonly #sockets = new Set<Socket>();
  #state: 'open' | 'shut' | 'frozen' = 'open';

  private constructor(private readonly server: Server) {
    server.on('connection', (near) => this.#lead(near));
  }

  static async open(): Promise<Gate> {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Gate(server);
  }

  get port(): number {
    return (this.server.address() as { port: number }).port;
  }

  /** Everything that `work` begins reaches the broker through here, also later. */
  behind<T>(work: () => Promise<T>): Promise<T> {
    return throughGate.run(this, work);
  }

  /** As a broker that has gone: every line breaks, and none is made. */
  shut(): void {
    this.#state = 'shut';
    for (const socket of this.#sockets) socket.destroy();
  }

  /** As a broker that hangs: lines stay, and nothing comes through. */
  freeze(): void {
    this.#state = 'frozen';
    for (const socket of this.#sockets) socket.pause();
  }

  reopen(): void {
    this.#state = 'open';
    for (const socket of this.#sockets) socket.resume();
  }

  async close(): Promise<void> {
    this.shut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #lead(near: Socket): void {
    if (this.#state === 'shut') return void near.destroy();
    const [host, port] = testBrokers()[0]!.split(':') as [string, string];
    const far = direct({ host, port: Number(port) });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(one);
      one.on('data', (bytes) => other.write(bytes));
      one.on('error', () => undefined);
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
      one.pause();
    }
    far.once('connect', () => {
      if (this.#state === 'open') for (const end of [near, far]) end.resume();
    });
  }
}

/** A gate that goes with its street. */
export async function gateOf(street: Street): Promise<Gate> {
  const gate = await Gate.open();
  street.atTheEnd(() => gate.close());
  return gate;
}

/** How often the relay heard that the broker does not take what it brings. */
export const refusalsIn = (lines: readonly string[]): number =>
  lines.filter((line) => /did not take/.test(line)).length;
