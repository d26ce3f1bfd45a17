import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { root } from '../project-root.js';

export type Requests = Readonly<Record<string, number>>;

export interface RequestMeter {
  /** Requests that the broker has answered since it started, by kind; undefined where Java does not let us look. */
  read(): Promise<Requests | undefined>;
  close(): void;
}

/** One Java process beside the broker, which sleeps while nothing is asked. */
export function openRequestMeter(brokerPid: number): RequestMeter {
  const java = process.env['JAVA_HOME'] === undefined ? 'java' : join(process.env['JAVA_HOME'], 'bin', 'java');
  const program = join(root, 'tests/bench/java/ReadRequests.java');
  const child = spawn(java, ['-Xmx64m', '-XX:+UseSerialGC', program, String(brokerPid)], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = new Promise<undefined>((resolve) => child.on('exit', () => resolve(undefined)));
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async read() {
      child.stdin.write('\n');
      const next = await Promise.race([lines.next(), ended]);
      return next === undefined || next.done === true ? undefined : (JSON.parse(next.value) as Requests);
    },
    close: () => child.kill(),
  };
}

/** How many more of each kind; kinds of which there were none are left out. */
export function moreRequests(before: Requests, after: Requests): Record<string, number> {
  const kinds = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const differences = kinds.map((kind) => [kind, (after[kind] ?? 0) - (before[kind] ?? 0)] as const);
  return Object.fromEntries(differences.filter(([, more]) => more !== 0));
}

/** What the broker asks itself, and what it counts a second time under another name. */
const notOfClients = new Set(['BrokerHeartbeat', 'FetchConsumer', 'FetchFollower', 'AlterPartition', 'FetchSnapshot']);

/** Requests of the system that is measured: neither the broker's own nor those of the bench. */
export function withoutOwn(all: Requests, own: readonly Requests[]): Requests {
  const kinds = Object.entries(all).filter(([kind]) => !notOfClients.has(kind));
  return Object.fromEntries(
    kinds.map(([kind, count]) => [kind, own.reduce((left, { [kind]: ours = 0 }) => left - ours, count)]),
  );
}
