import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { localClientId, keyFiles, readKey } from '@kasir/local-kasir';
import {
  applyTopics,
  createServiceDatabases,
  freePort,
  type GuardedProcess,
  spawnGuarded,
  waitUntil,
} from '@kasir/local-stack';
import { type Rival, type RivalSurroundings, type Role } from '../rival.js';
import { root } from '../project-root.js';
import { type Servers, type StartSystem, type SystemOptions } from './system.js';

const localUrl = (port: number): string => `http://127.0.0.1:${port}`;

/** Starts a rival: its four roles on topics and databases of its own, and a simulator. */
export function rivalSystem(rival: Rival): StartSystem {
  return async (servers, options) => {
    if (options.instances > 1) throw new Error(`--instances: ${rival.name} runs as one of each role`);
    const { surroundings, databases, keys } = await surroundingsOf(rival, servers, options);
    const logs = join(options.folder, 'logs');
    mkdirSync(logs, { recursive: true });
    const simulatorPort = Number(new URL(surroundings.simulatorUrl).port);
    const simulator = await started('simulator', logs, {
      entry: join(root, 'apps/antom-simulator/dist/main.js'),
      readyUrl: `${surroundings.simulatorUrl}/_sim/health`,
      env: {
        HOST: '127.0.0.1',
        PORT: String(simulatorPort),
        CLIENT_ID: localClientId,
        MERCHANT_PUBLIC_KEY_FILE: keys.merchantPublicKey,
        ANTOM_PRIVATE_KEY_FILE: keys.antomPrivateKey,
        DATA_FOLDER: join(options.folder, 'antom-simulator'),
      },
    });
    const services = await Promise.all(
      rival.roles.map(async (role) => {
        const adminUrl = localUrl(surroundings.ports[role].adminPort);
        const program = {
          entry: rival.entryOf(role),
          readyUrl: `${adminUrl}/ready`,
          env: rival.settingsOf(role, surroundings),
        };
        return { name: role, adminUrl, process: await started(role, logs, program) };
      }),
    );
    const topics = rival.topics.map(({ name }) => options.prefix + name);
    return {
      name: rival.name,
      processes: [
        ...services.map(({ name, adminUrl, process: { pid } }) => ({ name, adminUrl, pid: () => pid })),
        { name: 'simulator', pid: () => simulator.pid },
      ],
      gatewayUrls: [localUrl(surroundings.ports.gateway.port)],
      simulatorUrl: surroundings.simulatorUrl,
      ordersTopic: `${options.prefix}orders.v1`,
      topics,
      databases,
      subscriberDatabases: [],
      shopKeyFile: keys.shopPrivateJwk,
      stop: async () => {
        await Promise.all([...services.map((service) => service.process.stop()), simulator.stop()]);
      },
    };
  };
}

interface Program {
  readonly entry: string;
  readonly env: Readonly<Record<string, string>>;
  readonly readyUrl: string;
}

async function started(name: string, logs: string, { entry, env, readyUrl }: Program): Promise<GuardedProcess> {
  const logFile = join(logs, `${name}.log`);
  const child = await spawnGuarded(process.execPath, [entry], {
    env: { PATH: process.env['PATH'], ...env },
    logFile,
    farewell: 'SIGTERM',
  });
  let ended = false;
  void child.exited.then(() => (ended = true));
  await waitUntil(async () => ended || ((await fetch(readyUrl)).ok ? true : undefined), {
    what: `${name} is ready`,
    timeoutMs: 30_000,
  });
  if (ended) throw new Error(`${name} ended while starting; its log says why: ${logFile}`);
  return child;
}

async function surroundingsOf(rival: Rival, { brokers, adminUrl }: Servers, { folder, prefix }: SystemOptions) {
  const keys = keyFiles(join(folder, 'keys'));
  await applyTopics(
    [...brokers],
    rival.topics.map(({ name, partitions }) => ({ name: prefix + name, partitions })),
  );
  const nameOf = (role: Role) => (prefix + role).replaceAll(/[^a-z0-9]/g, '_');
  const password = readKey(keys.databasePassword);
  const urls = await createServiceDatabases(
    adminUrl,
    rival.roles.map((role) => ({ name: nameOf(role), role: nameOf(role), password })),
  );
  const ports = await Promise.all(
    rival.roles.map(async (role) => [role, { port: await freePort(), adminPort: await freePort() }] as const),
  );
  const surroundings: RivalSurroundings = {
    ports: Object.fromEntries(ports) as RivalSurroundings['ports'],
    brokers,
    topicPrefix: prefix,
    databaseUrls: Object.fromEntries(
      rival.roles.map((role) => [role, urls[nameOf(role)]]),
    ) as RivalSurroundings['databaseUrls'],
    simulatorUrl: localUrl(await freePort()),
    clientId: localClientId,
    merchantPrivateKeyFile: keys.merchantPrivateKey,
    antomPublicKeyFile: keys.antomPublicKey,
    shopJwksFile: keys.shopJwks,
  };
  const databases = Object.fromEntries(rival.roles.map((role) => [role, nameOf(role)]));
  return { surroundings, databases, keys };
}
