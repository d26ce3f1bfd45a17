import { once } from 'node:events';
import { type AddressInfo, connect as connectTo, createServer, type Server, type Socket } from 'node:net';
import { typeormDatabase } from '@kasir/messaging-nest';
import { type DataSource } from 'typeorm';
import { dataSourceOf } from './data-source.js';
import { query } from './lab.specs.js';

const postgres = process.env['TEST_POSTGRES_ADMIN_URL']!;
const terminate = (pid: number) => query(postgres, `select pg_terminate_backend(${pid}, 5000)`);
const lost = /terminat|not queryable|already released|57P01/i;

/** An `error` event that nothing listens to fails the test that runs, as it would end a service. */
describe('a service whose connection the database ends', () => {
  let dataSource: DataSource;
  const open = async (url: string) => (dataSource = await dataSourceOf(url, [], 'lost-connections').initialize());
  afterEach(() => dataSource.destroy());

  /** The one statement that finds the connection lost may fail. */
  const works = async () => {
    const answer = () => dataSource.query('select 1 as one');
    expect(await answer().catch((error) => (lost.test(String(error)) ? answer() : error))).toEqual([{ one: 1 }]);
  };
  const ownPid = 'select pg_backend_pid() as pid';

  it('goes on where the connection was idle in the pool', async () => {
    await open(postgres);
    const [{ pid }] = (await dataSource.query(ownPid)) as [{ pid: number }];
    await terminate(pid);
    await works();
  });

  it('fails the transaction that it was in, and goes on', async () => {
    await open(postgres);
    const database = typeormDatabase(dataSource);
    const work = database.transaction(async (tx) => {
      const [row] = await tx.query<{ pid: number }>(ownPid);
      await terminate(row!.pid);
      await tx.query('select 1');
    });
    await expect(work).rejects.toThrow(lost);
    await works();
  });

  it('hears that a session is lost, and goes on', async () => {
    await open(postgres);
    const session = await typeormDatabase(dataSource).session();
    const [row] = await session.query<{ pid: number }>(ownPid);
    await terminate(row!.pid);
    expect(String(await session.lost)).toMatch(lost);
    await session.release();
    await works();
  });

  it('goes on where the connection ends at the moment that it is made', async () => {
    const door = await endingEach(2);
    await open(door.url);
    const runner = dataSource.createQueryRunner();
    await runner.connect();
    await expect(dataSource.query('select 1')).rejects.toThrow(lost);
    expect(door.ended()).toBe(1);
    await runner.release();
    await works();
    door.close();
  });
});

/** A way to the database on which connection `nth` is welcomed and ended in the same breath, as by a restart. */
async function endingEach(nth: number): Promise<{ url: string; ended(): number; close(): void }> {
  const upstreams: Socket[] = [];
  let ended = 0;
  const server: Server = createServer((caller) => {
    const upstream = connectTo(Number(new URL(postgres).port), '127.0.0.1');
    const doomed = upstreams.push(upstream) === nth;
    for (const end of [caller, upstream]) end.on('error', () => end.destroy());
    caller.pipe(upstream);
    upstream.on('end', () => caller.end());
    let held: Buffer = Buffer.alloc(0);
    upstream.on('data', (data: Buffer) => {
      const pid = doomed && held.length === 0 ? welcomedPid(data) : undefined;
      if (pid !== undefined) {
        held = data;
        void terminate(pid);
        return;
      }
      if (held.length > 0) ended += 1;
      caller.write(Buffer.concat([held, data]));
      held = Buffer.alloc(0);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = new URL(postgres);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: url.href, ended: () => ended, close: () => void server.close() };
}

/** BackendKeyData names the process, shortly before ReadyForQuery, with which a welcome ends. */
function welcomedPid(data: Buffer): number | undefined {
  if (!data.subarray(-6).equals(Buffer.from([0x5a, 0, 0, 0, 5, 0x49]))) return undefined;
  const key = data.lastIndexOf(Buffer.from([0x4b, 0, 0, 0]));
  return key < 0 ? undefined : data.readInt32BE(key + 5);
}
