import { orders, payments } from '@kasir/contracts';
import { createLogger } from '@kasir/platform';
import { replayService } from '@kasir/service';
import { order } from './app.module.js';
import { baht, type Lab, openLab } from './lab.specs.js';
import { tellStory } from './replay-stories.specs.js';

const count = 50;
const logger = createLogger('order', { level: 'error' });

describe('a replay of fifty orders', () => {
  let lab: Lab;
  let stopped = false;
  beforeAll(async () => {
    lab = await openLab(order);
    await Promise.all(Array.from({ length: count }, (_, n) => tellStory(lab, n)));
    await lab.settled();
    await decide();
    await lab.settled();
    await lab.world.bus.sendRaw(payments, { key: 'O-lost', value: 'no JSON at all' });
    await lab.world.bus.expectDrained('order', [payments]);
  });
  afterAll(() => (stopped ? lab.world.bus.close() : lab.world.stop()));

  /** What no message made the service say: a person's word, and a settlement file. */
  async function decide(): Promise<void> {
    const resolved = await lab.ask('cases.resolve', {
      caseId: 'second-success/ps_6b/pay-6b',
      resolution: 'refunded-offline',
      reason: 'the shop paid it back',
      by: 'Mika',
    });
    const row = { line: 1, kind: 'payment', orderId: 'O-1', paymentSessionId: 'ps_1a', paymentId: 'pay-1a' };
    const compared = await lab.ask('reconcile', { file: 'a.csv', rows: [{ ...row, amount: baht('159') }] });
    expect([resolved.status, compared.status]).toEqual([200, 200]);
  }

  const replayInto = (schema: string) => replayService(order, { config: lab.world.config, logger, schema });
  const rowsOf = async (schema: string, table: string) =>
    (await lab.world.rows<{ row: string }>(`select t::text as row from ${schema}.${table} as t order by 1`)).map(
      ({ row }) => row,
    );

  it('says nothing new, and fills the tables as they are', async () => {
    const said = lab.world.bus.heard(orders);
    const before = said.length;
    const report = await replayInto('replay_a');
    expect(report.differences).toEqual([]);
    expect(report.outgoing).toEqual({ equal: before, readBack: 0, different: 0, missing: 0, unsaid: 0 });
    expect(report).toMatchObject({ behind: 0, deadLetters: 1, rows: { orders: count, outbox: 0 } });
    expect(report.repeated).toBeGreaterThanOrEqual(count);
    for (const table of ['orders', 'received_payments', 'refunds', 'event_sequences'])
      expect(await rowsOf('replay_a', table)).toEqual(await rowsOf('public', table));
    for (const column of ['case_id', 'evidence'])
      expect(await lab.world.rows(`select ${column} from replay_a.cases order by case_id`)).toEqual(
        await lab.world.rows(`select ${column} from public.cases order by case_id`),
      );
    expect(lab.world.bus.heard(orders)).toHaveLength(before);
  });

  it('gives the same bytes when it is done again', async () => {
    const report = await replayInto('replay_b');
    const tables = Object.keys(report.rows);
    expect(tables).toEqual(expect.arrayContaining(['orders', 'received_payments', 'cases', 'inbox', 'dead_letters']));
    for (const table of tables) expect(await rowsOf('replay_b', table)).toEqual(await rowsOf('replay_a', table));
  });

  it('knows what was decided about a case by a person', async () => {
    const [resolved] = await lab.world.rows(
      `select acted_by, resolution, reason from replay_a.case_history where case_id = 'second-success/ps_6b/pay-6b'`,
    );
    expect(resolved).toEqual({ acted_by: 'Mika', resolution: 'refunded-offline', reason: 'the shop paid it back' });
  });

  it('does not touch a schema that has tables', async () => {
    await expect(replayInto('public')).rejects.toThrow('order cannot start: the schema public has tables');
    await expect(replayInto('Robert"; drop')).rejects.toThrow('is no name for a schema');
  });

  it('tells what the service has not said yet, and leaves nothing behind where only that is wanted', async () => {
    await lab.world.service.stop();
    stopped = true;
    await lab.sealed('O-quiet');
    await lab.drained('O-quiet');
    await lab.succeeded('O-loud', 'ps_loud', 'pay-loud');
    const report = await replayService(order, { config: lab.world.config, logger, schema: 'replay_c', drop: true });
    expect(report).toMatchObject({ behind: 3, outgoing: { missing: 2, different: 0, unsaid: 0 } });
    expect(report.differences).toHaveLength(2);
    expect(report.differences).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'missing', topic: orders.name, key: 'O-quiet', type: 'OrderClosed' }),
        expect.objectContaining({ kind: 'missing', topic: orders.name, key: 'O-loud', type: 'OrderPaid' }),
      ]),
    );
    expect(await lab.world.rows(`select from pg_namespace where nspname = 'replay_c'`)).toEqual([]);
  });
});
