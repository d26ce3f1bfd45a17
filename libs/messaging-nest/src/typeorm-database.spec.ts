import { freshDatabase } from './lab.specs.js';
import { committedData, typeormDatabase } from './typeorm-database.js';

describe('a transaction of TypeORM as ours', () => {
  let lab: Awaited<ReturnType<typeof freshDatabase>>;
  beforeAll(async () => {
    lab = await freshDatabase('create table coffees (name text primary key, size text)');
  });
  afterAll(() => lab.drop());

  it('answers with the rows of every kind of statement', async () => {
    const database = typeormDatabase(lab.dataSource);
    const answers = await database.transaction(async (tx) => [
      await tx.query(`insert into coffees values ('cappuccino', 'grande') returning name`),
      await tx.query(`select * from coffees`),
      await tx.query(`update coffees set size = $1 returning size`, ['short']),
      await tx.query(`with gone as (delete from coffees returning name) select name from gone`),
      await tx.query(`update coffees set size = 'none'`),
      await tx.query(`delete from coffees returning name`),
    ]);
    expect(answers).toEqual([
      [{ name: 'cappuccino' }],
      [{ name: 'cappuccino', size: 'grande' }],
      [{ size: 'short' }],
      [{ name: 'cappuccino' }],
      [],
      [],
    ]);
  });

  it('runs what is asked at once one after the other, also behind what failed', async () => {
    const running = new Set<string>();
    let most = 0;
    const connection = {
      query: async ({ text }: { readonly text: string }) => {
        most = Math.max(most, running.add(text).size);
        await new Promise((resolve) => setImmediate(resolve));
        running.delete(text);
        if (text === 'fails') throw new Error('no such table');
        return { rows: [{ text }] };
      },
    };
    const runner = { connect: () => Promise.resolve(connection), release: () => Promise.resolve() };
    const dataSource = { createQueryRunner: () => runner };
    const ends = await typeormDatabase(dataSource as never).transaction((tx) =>
      Promise.allSettled(['first', 'fails', 'third'].map((sql) => tx.query(sql))),
    );
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(most).toBe(1);
  });

  it('keeps nothing of work that failed, and says why with the database’s own code', async () => {
    const database = typeormDatabase(lab.dataSource);
    const twice = database.transaction(async (tx) => {
      await tx.query(`insert into coffees values ('latte', 'tall')`);
      await tx.query(`insert into coffees values ('latte', 'tall')`);
    });
    await expect(twice).rejects.toMatchObject({ driverError: { code: '23505' } });
    expect(await lab.dataSource.query('select * from coffees')).toEqual([]);
  });

  it('reads what is committed, and nothing that is not yet', async () => {
    const coffees = () => committedData(lab.dataSource).query('select name from coffees where size = $1', ['venti']);
    const seenBefore = await typeormDatabase(lab.dataSource).transaction(async (tx) => {
      await tx.query(`insert into coffees values ('mocha', 'venti')`);
      return coffees();
    });
    expect(seenBefore).toEqual([]);
    expect(await coffees()).toEqual([{ name: 'mocha' }]);
    await lab.dataSource.query(`delete from coffees where name = 'mocha'`);
  });

  it('plans a statement once per connection, and anew when a migration beside it has changed what it returns', async () => {
    const database = typeormDatabase(lab.dataSource);
    const read = () => database.transaction((tx) => tx.query('select * from coffees where name = $1', ['latte']));
    const plans = `select count(*)::int as known from pg_prepared_statements where statement like 'select * from coffees%'`;
    const known = await database.transaction(async (tx) => {
      await tx.query('select * from coffees where name = $1', ['latte']);
      await tx.query('select * from coffees where name = $1', ['cappuccino']);
      return tx.query(plans);
    });
    expect(known).toEqual([{ known: 1 }]);
    await Promise.all([read(), read()]);
    await lab.dataSource.query(
      `alter table coffees add column milk text; insert into coffees values ('latte', 'tall')`,
    );
    await read().catch((error: unknown) => expect(error).toMatchObject({ driverError: { code: '0A000' } }));
    expect(await read()).toEqual([{ name: 'latte', size: 'tall', milk: null }]);
    await lab.dataSource.query(`delete from coffees; alter table coffees drop column milk`);
  });

  it('frees the locks of a session with its connection', async () => {
    const database = typeormDatabase(lab.dataSource);
    const [first, second] = [await database.session(), await database.session()];
    const lock = 'select pg_try_advisory_lock(7) as held';
    expect(await first.query(lock)).toEqual([{ held: true }]);
    expect(await second.query(lock)).toEqual([{ held: false }]);
    await first.release();
    expect(await second.query(lock)).toEqual([{ held: true }]);
    await second.release();
  });

  it('tells when the server takes a session away', async () => {
    const database = typeormDatabase(lab.dataSource);
    const session = await database.session();
    const [row] = await session.query<{ pid: number }>('select pg_backend_pid() as pid');
    await lab.dataSource.query('select pg_terminate_backend($1)', [row?.pid]);
    await session.lost;
    await session.release();
  });
});
