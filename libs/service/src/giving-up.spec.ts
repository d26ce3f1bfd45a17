import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { systemClock } from '@kasir/kernel';
import { freePort } from '@kasir/local-stack';
import { createLogger } from '@kasir/platform';
import { Module } from '@nestjs/common';
import { freshDatabase } from './lab.specs.js';
import { type ServiceDefinition } from './service-definition.js';
import { type RunningService, startService } from './start-service.js';

@Module({})
class EmptyModule {}

const definition: ServiceDefinition = {
  name: 'order',
  migrations: [],
  wire: () => ({ module: { module: EmptyModule } }),
};

interface Starting {
  readonly adminUrl: string;
  readonly lines: readonly string[];
  readonly started: Promise<RunningService>;
  giveUp(): void;
}

async function start(databaseUrl: string, broker: string): Promise<Starting> {
  const port = await freePort();
  const lines: string[] = [];
  const stopping = new AbortController();
  const started = startService(definition, {
    config: {
      ...{ ADMIN_PORT: port, HOST: '127.0.0.1', TOPIC_PREFIX: '' },
      ...{ DATABASE_URL: databaseUrl, KAFKA_BROKERS: [broker] },
    },
    clock: systemClock,
    logger: createLogger('order', { level: 'info', destination: { write: (line) => void lines.push(line) } }),
    fail: (reason) => {
      throw new Error('the service gave up', { cause: reason });
    },
    signal: stopping.signal,
  });
  started.catch(() => undefined);
  return { adminUrl: `http://127.0.0.1:${port}`, lines, started, giveUp: () => stopping.abort() };
}

async function ask(url: string): Promise<{ status: number; text: string }> {
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer !== undefined) return { status: answer.status, text: await answer.text() };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const isDead = async (url: string): Promise<boolean> =>
  fetch(url).then(
    () => false,
    () => true,
  );

describe('a service whose database does not answer', () => {
  const sockets: Socket[] = [];
  let silent: Server;
  let url: string;
  beforeAll(async () => {
    silent = createServer((socket) => void sockets.push(socket.on('error', () => undefined)));
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    url = `postgres://kasir:secret@127.0.0.1:${(silent.address() as AddressInfo).port}/order`;
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  it('is alive, says what it waits for, and ends when it is told to', async () => {
    const service = await start(url, '127.0.0.1:1');
    expect((await ask(`${service.adminUrl}/live`)).status).toBe(200);
    const ready = await ask(`${service.adminUrl}/ready`);
    expect(ready.status).toBe(503);
    expect(JSON.parse(ready.text)).toMatchObject({
      checks: expect.arrayContaining([{ name: 'starting', ok: false, detail: 'waiting for PostgreSQL' }]) as unknown,
    });
    const metrics = await ask(`${service.adminUrl}/metrics`);
    expect(metrics.status).toBe(200);
    expect(metrics.text).toContain('process_cpu_seconds_total');
    service.giveUp();
    await expect(service.started).rejects.toThrow(/abort/i);
    expect(await isDead(service.adminUrl)).toBe(true);
  });
});

describe('a service whose broker does not answer', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  it('says what it waits for, and closes its database when it is told to end', async () => {
    const service = await start(database.url, `127.0.0.1:${await freePort()}`);
    const ready = async () => (await ask(`${service.adminUrl}/ready`)).text;
    while (!(await ready()).includes('waiting for Kafka')) await new Promise(setImmediate);
    service.giveUp();
    await expect(service.started).rejects.toThrow(/abort/i);
    expect(await isDead(service.adminUrl)).toBe(true);
  });
});
