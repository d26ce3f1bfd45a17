import { orders, payments } from '@kasir/contracts';
import { runMigrations } from '@kasir/service';
import { eventually, freshDatabase, openBus, queryOnce, testPostgres } from '@kasir/testing';
import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { onAStreet, paid, satang } from './messaging-lab.specs.js';
import { openShop } from './messaging-shop.specs.js';
import { headersOf, succeeds } from './messaging-words.specs.js';

describe('M to O. Messages that come twice, or go unseen', () => {
  it.concurrent('M1 typeorm/typeorm#4588: several instances migrate at once', async () => {
    const url = await freshDatabase();
    process.env['DATABASE_URL'] = url;
    const instances = Array.from({ length: 5 }, () => runMigrations('order', [OpenTheBooks1790000000002]));
    delete process.env['DATABASE_URL'];
    await Promise.all(instances);
    const exitCode = process.exitCode ?? 0;
    process.exitCode = 0;
    const balances = await queryOnce(url, 'select satang from opening_balances');
    // Who failed has left its connections open.
    await queryOnce(testPostgres(), `drop database ${new URL(url).pathname.slice(1)} with (force)`);
    expect({ exitCode, balances }).toEqual({ exitCode: 0, balances: [{ satang }] });
  });

  it.concurrent(
    'N1 saleor/apps#339: the same event has no id by which to know it',
    onAStreet(async (street) => {
      const bank = await street.party('notification');
      const ids = [await bank.say('N1'), await bank.say('N1')];
      bank.messaging.relay.start();
      await eventually(() => expect(street.saidOf('N1')).toHaveLength(2));
      expect(new Set([...street.saidOf('N1'), ...ids]).size).toBe(1);
      const shop = await street.party('order');
      await shop.hear();
      await street.bus.expectDrained('order', [payments]);
      expect(await shop.ledger()).toEqual(['N1']);
    }),
  );

  it.concurrent(
    'N2 KanishJebaMathewM/Truxify#5780: duplicates credit twice',
    onAStreet(async (street) => {
      const first = await street.party('order');
      await first.hear();
      const ids = Array.from({ length: 10 }, () => crypto.randomUUID());
      for (const id of [...ids, ...ids]) await succeeds(street, 'N2-wallet', id);
      await street.bus.expectDrained('order', [payments]);
      await first.stop();
      const second = await street.party('order', { databaseUrl: first.databaseUrl });
      await second.hear();
      for (const id of ids) await succeeds(street, 'N2-wallet', id);
      await street.bus.expectDrained('order', [payments]);
      expect(await second.rows('select sum(satang)::int as credit from ledger')).toEqual([{ credit: 10 * satang }]);
    }),
  );

  it.concurrent(
    'O1 open-telemetry/opentelemetry-java-instrumentation#4854: the trace of a webhook ends where its event begins',
    onAStreet(async (street) => {
      const [bank, shop] = [await street.party('notification'), await openShop(street)];
      const listener = await openBus(street.prefix, [orders]);
      street.atTheEnd(() => listener.close());
      const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
      const traceparent = `00-${trace}-00f067aa0ba902b7-01`;
      bank.messaging.relay.start();
      const id = await bank.say('O1', { causedBy: { id: 'webhook-1', traceparent } });
      const [said] = await listener.expectHeard(orders, 'OrderPaid');
      expect(said?.headers).toMatchObject({ ce_causationid: id, traceparent: expect.stringContaining(trace) });
      expect(street.bus.heard(payments)[0]?.headers).toMatchObject({ ce_causationid: 'webhook-1', traceparent });
      const line = shop.lines.find(({ message }) => message === 'event handled');
      expect(line).toMatchObject({ eventId: id, orderId: 'O1', traceId: trace });
    }),
  );

  it.concurrent(
    'Convoy: a converted payload is kept in place of the bytes that came',
    onAStreet(
      async (street) => {
        const shop = await street.party('order');
        await shop.hear();
        const bytes = Buffer.from('{"orderId":"bytes",  "amount":{"value":1.60,"currency":"THB"}}\n');
        const headers = headersOf('bytes');
        await street.bus.sendRaw(payments, { key: 'bytes', value: bytes, headers });
        await eventually(async () => expect(await shop.messaging.deadLetters.list()).toHaveLength(1));
        const [kept] = await shop.rows<{ body: Buffer; headers: object }>('select body, headers from dead_letters');
        expect(kept?.body.toString()).toBe(bytes.toString());
        expect(kept?.headers).toMatchObject(headers);
      },
      { heard: false },
    ),
  );

  it.concurrent(
    'Convoy: the numbers that warn of a loss are sold separately',
    onAStreet(
      async (street) => {
        const shop = await openShop(street);
        const value = JSON.stringify({ ...paid('unreadable'), amount: 'a lot' });
        await street.bus.sendRaw(payments, { key: 'unreadable', value, headers: headersOf('unreadable') });
        await succeeds(street, 'unreadable');
        await eventually(async () => {
          const numbers = await shop.metrics();
          expect(numbers).toMatch(/^kasir_dead_letters(\{.*\})? 1$/m);
          expect(numbers).toMatch(/^kasir_waiting_messages(\{.*\})? 1$/m);
          expect(numbers).toMatch(/^kasir_outbox_oldest_seconds(\{.*\})? \d/m);
        });
        expect(await shop.ledger()).toEqual([]);
      },
      { heard: false },
    ),
  );
});

/** How many instances have come to migrate. */
let migrating = 0;

class OpenTheBooks1790000000002 implements MigrationInterface {
  constructor() {
    migrating += 1;
  }

  /** By then every instance has asked what there is to do. */
  async up(runner: QueryRunner): Promise<void> {
    await eventually(() => expect(migrating).toBe(5));
    await runner.query('create table opening_balances (satang int not null)');
    await runner.query('insert into opening_balances values ($1)', [satang]);
  }

  down = (): Promise<void> => Promise.resolve();
}
