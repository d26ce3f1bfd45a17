import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { topicConfig, topics } from '@kasir/contracts';
import { applyTopics, createServiceDatabases, freePort } from '@kasir/local-stack';
import { keyFiles, readKey } from './keys.js';
import { startPart, type Part } from './part.js';
import { migrate } from './migrate.js';
import { operatorFile } from './operator-file.js';
import { databaseOwners, localUrl, type PartName, partNames, type Surroundings } from './parts.js';
import { localShop, type LocalShop } from './shop.js';

export interface KasirOptions {
  /** Keeps keys, logs and the simulator's ledger; what lies there is used again. */
  readonly folder: string;
  readonly brokers: readonly string[];
  readonly postgresAdminUrl: string;
  /** So that several can share a broker and a server; empty for the one and only. */
  readonly prefix?: string;
  /** Tried first for the gateway; the others take the next ones. Any free ones unless given. */
  readonly port?: number;
  /** The simulator's shopper pays by itself after so many milliseconds; otherwise somebody has to. */
  readonly payAfterMs?: number;
  /** When the simulator sends a notification again that nobody acknowledged; Antom's own schedule unless given. */
  readonly resendScheduleMs?: readonly number[];
  /** As the services have it unless given; 0 where a test starts them often. */
  readonly warmUpSeconds?: number;
  /** How many processes of each service, 1 unless given; there is one simulator. */
  readonly instances?: number;
  readonly log?: (line: string) => void;
}

export interface Kasir {
  readonly gatewayUrl: string;
  /** One of each instance of the gateway. */
  readonly gatewayUrls: readonly string[];
  readonly notificationUrl: string;
  readonly simulatorUrl: string;
  readonly parts: Readonly<Record<PartName, Part>>;
  /** The further instances, where more than one was asked for. */
  readonly furtherParts: readonly Part[];
  readonly shop: LocalShop;
  readonly topicPrefix: string;
  readonly databaseUrls: Surroundings['databaseUrls'];
  stop(): Promise<void>;
}

/** Creates databases and topics, migrates, and starts every part as a process of its own; resolves when each of them is ready. */
export async function startKasir(options: KasirOptions): Promise<Kasir> {
  const { folder, log = () => undefined } = options;
  mkdirSync(join(folder, 'logs'), { recursive: true });
  log('preparing databases and topics …');
  const surroundings = await surroundingsOf(options);
  await migrate(surroundings, join(folder, 'logs'));
  log('starting the services …');
  const started = await Promise.all(
    partNames.map(async (name) => [name, await startPart(name, surroundings, join(folder, 'logs'))] as const),
  );
  const parts = Object.fromEntries(started) as Record<PartName, Part>;
  const further = await startFurther(surroundings, options);
  const forOperators = operatorFile(folder);
  forOperators.write(surroundings);
  const { ports, keys, topicPrefix, databaseUrls } = surroundings;
  return {
    gatewayUrl: localUrl(ports.gateway.port),
    gatewayUrls: [localUrl(ports.gateway.port), ...further.gatewayUrls],
    notificationUrl: localUrl(ports.notification.port),
    simulatorUrl: localUrl(ports['antom-simulator'].port),
    parts,
    furtherParts: further.parts,
    shop: await localShop(keys),
    topicPrefix,
    databaseUrls,
    stop: async () => {
      forOperators.remove();
      await Promise.all([...Object.values(parts), ...further.parts].map((part) => part.stop()));
    },
  };
}

/** The second, third, … process of each service, on ports of its own; webhooks go to the first one. */
async function startFurther(surroundings: Surroundings, { folder, instances = 1 }: KasirOptions) {
  const parts: Part[] = [];
  const gatewayUrls: string[] = [];
  for (let instance = 2; instance <= instances; instance += 1) {
    const logFolder = join(folder, 'logs', String(instance));
    mkdirSync(logFolder, { recursive: true });
    const ports = { ...(await choosePorts()), 'antom-simulator': surroundings.ports['antom-simulator'] };
    gatewayUrls.push(localUrl(ports.gateway.port));
    const start = (name: PartName) => {
      const own = { ...surroundings.ports, [name]: ports[name] };
      return startPart(name, { ...surroundings, ports: own }, logFolder);
    };
    parts.push(...(await Promise.all(databaseOwners.map(start))));
  }
  return { parts, gatewayUrls };
}

async function surroundingsOf({
  folder,
  brokers,
  postgresAdminUrl,
  prefix = '',
  port,
  payAfterMs,
  resendScheduleMs,
  warmUpSeconds,
}: KasirOptions): Promise<Surroundings> {
  const keys = keyFiles(join(folder, 'keys'));
  const password = readKey(keys.databasePassword);
  const [urls] = await Promise.all([
    createServiceDatabases(
      postgresAdminUrl,
      databaseOwners.map((owner) => ({
        name: databaseName(prefix, owner),
        role: databaseName(prefix, owner),
        password,
      })),
    ),
    applyTopics(
      [...brokers],
      topics.map((topic) => ({ name: prefix + topic.name, partitions: topic.partitions, config: topicConfig(topic) })),
    ),
  ]);
  const databaseUrls = Object.fromEntries(databaseOwners.map((owner) => [owner, urls[databaseName(prefix, owner)]]));
  return {
    ports: await choosePorts(port),
    brokers,
    topicPrefix: prefix,
    databaseUrls: databaseUrls as Surroundings['databaseUrls'],
    keys,
    dataFolder: folder,
    payAfterMs,
    resendScheduleMs,
    warmUpSeconds,
  };
}

const databaseName = (prefix: string, owner: string): string => (prefix + owner).replaceAll(/[^a-z0-9]/g, '_');

/** Two ports for each part, next to each other where nothing is in the way. */
async function choosePorts(first = 0): Promise<Surroundings['ports']> {
  const taken = new Set<number>();
  const next = async (wanted: number): Promise<number> => {
    for (;;) {
      const port = await freePort(wanted);
      if (!taken.has(port)) return (taken.add(port), port);
      wanted = 0;
    }
  };
  const chosen: [PartName, { port: number; adminPort: number }][] = [];
  for (const [index, name] of partNames.entries())
    chosen.push([
      name,
      { port: await next(first && first + index), adminPort: await next(first && first + 100 + index) },
    ]);
  return Object.fromEntries(chosen) as Surroundings['ports'];
}
