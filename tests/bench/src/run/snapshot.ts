import { memoryPss } from '@kasir/local-stack';
import { type Generator } from '../generator/generator.js';
import { eventLoopP99 } from '../measure/event-loop.js';
import { type RecordsReading, type TopicMeter } from '../measure/kafka.js';
import { type DatabaseMeter, type DatabaseReading } from '../measure/postgres.js';
import { cpuOfFamily, cpuOfProcess, type MachineReading, readMachine } from '../measure/proc.js';
import { type RequestMeter, type Requests, withoutOwn } from '../measure/requests.js';
import { type BenchServers } from '../systems/servers.js';
import { type RunningSystem } from '../systems/system.js';

export interface Meters {
  readonly database: DatabaseMeter;
  readonly topics: TopicMeter;
  readonly requests: RequestMeter;
}

export interface Watched {
  readonly system: RunningSystem;
  readonly servers: BenchServers;
  readonly generator: Generator;
  readonly meters: Meters;
}

/** Everything that only grows, read at one moment. */
export interface Counters {
  readonly cpu: Readonly<Record<string, number>>;
  readonly machine: MachineReading;
  readonly database: DatabaseReading;
  readonly records: RecordsReading;
  /** Undefined where Java does not let us look; those of the generator itself are taken off. */
  readonly requests: Requests | undefined;
}

/** The counters that need asking come first before a leg and last after it, so that the processor's are those of the leg. */
export async function countersBefore(watched: Watched): Promise<Counters> {
  const asked = await askCounters(watched);
  return { ...asked, ...processorCounters(watched) };
}

export async function countersAfter(watched: Watched, processor: ProcessorCounters): Promise<Counters> {
  return { ...processor, ...(await askCounters(watched)) };
}

type ProcessorCounters = Pick<Counters, 'cpu' | 'machine'>;

async function askCounters({ meters, generator }: Watched): Promise<Omit<Counters, keyof ProcessorCounters>> {
  const [all, own] = await Promise.all([meters.requests.read(), generator.ownRequests()]);
  const requests = all && withoutOwn(all, [own, { ...meters.topics.ownRequests }]);
  const [database, records] = await Promise.all([meters.database.read(), meters.topics.read()]);
  return { database, records, requests };
}

export function processorCounters({ system, servers, generator }: Watched): ProcessorCounters {
  const cpu: Record<string, number> = {};
  const add = (name: string, milliseconds: number) => (cpu[name] = (cpu[name] ?? 0) + milliseconds);
  for (const { name, pid } of system.processes) add(name, cpuOfProcess(pid() ?? -1));
  add('postgres', cpuOfFamily(servers.postgresPid));
  add('kafka', cpuOfProcess(servers.kafkaPid));
  add('generator', cpuOfProcess(generator.pid));
  return { cpu, machine: readMachine() };
}

/** In MiB, by process; shared pages counted once over all sharers. */
export function memoryMiB({ system, servers, generator }: Watched): Record<string, number> {
  const pids: Record<string, number[]> = {
    postgres: [servers.postgresPid],
    kafka: [servers.kafkaPid],
    generator: [generator.pid],
  };
  for (const { name, pid } of system.processes)
    (pids[name] ??= []).push(...[pid()].filter((known) => known !== undefined));
  const sizes = Object.entries(pids).map(([name, of]) => [name, Math.round((memoryPss(of) ?? 0) / 2 ** 20)] as const);
  return Object.fromEntries(sizes);
}

/** The worst of a service's instances since it was last asked, in milliseconds. */
export async function eventLoops({ system }: Watched): Promise<Record<string, number>> {
  const worst: Record<string, number> = {};
  await Promise.all(
    system.processes.map(async ({ name, adminUrl }) => {
      const p99 = adminUrl === undefined ? undefined : await eventLoopP99(adminUrl);
      if (p99 !== undefined) worst[name] = Math.max(worst[name] ?? 0, p99);
    }),
  );
  return worst;
}
