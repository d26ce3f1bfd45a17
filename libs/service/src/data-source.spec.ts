import { once } from 'node:events';
import { type AddressInfo, connect as connectTo, createServer, type Socket } from 'node:net';
import { type Logger } from '@kasir/platform';
import { connect, dataSourceOf } from './data-source.js';

describe('a PostgreSQL that takes calls and does not answer', () => {
  const sockets: Socket[] = [];
  const postgres = new URL(process.env['TEST_POSTGRES_ADMIN_URL']!);
  const server = createServer((caller) => {
    sockets.push(caller.on('error', () => undefined));
    if (sockets.length === 1) return;
    const upstream = connectTo(Number(postgres.port), postgres.hostname);
    sockets.push(upstream.on('error', () => undefined));
    caller.pipe(upstream).pipe(caller);
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it('is asked again, as it may be busy with its start', async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = new URL(postgres);
    url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const warned: string[] = [];
    const logger = { warn: (_: unknown, line: string) => warned.push(line) } as unknown as Logger;
    const dataSource = dataSourceOf(url.href, [], 'test');
    await connect(dataSource, url.href, logger);
    expect(await dataSource.query('select 1 as one')).toEqual([{ one: 1 }]);
    await dataSource.destroy();
    expect(warned[0]).toBe(`PostgreSQL at ${url.host} does not answer yet`);
  });
});

describe('the pool of connections', () => {
  it('is as large as it is told to be, and keeps its connections', async () => {
    const source = dataSourceOf(process.env['TEST_POSTGRES_ADMIN_URL']!, [], 'test', { poolSize: 3 });
    await source.initialize();
    const { options } = (source.driver as unknown as { master: { options: object } }).master;
    expect(options).toMatchObject({ max: 3, idleTimeoutMillis: 0, keepAlive: true });
    await source.destroy();
  });
});
