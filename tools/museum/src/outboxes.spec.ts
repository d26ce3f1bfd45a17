import { crc32 } from 'node:zlib';
import { payments, sessionRequests } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import { gateOf, refusalsIn, removeGates } from './messaging-gate.specs.js';
import { news, onAStreet, type Street } from './messaging-lab.specs.js';

afterAll(removeGates);

/** Two orders of which one relay's shard brings both. */
const neighbours = (() => {
  const shard = (orderId: string) => crc32(orderId) % 16;
  const others = Array.from({ length: 200 }, (_, index) => `neighbour-${index}`);
  return ['held', others.find((order) => shard(order) === shard('held'))!] as const;
})();

const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000);

describe('H. Outboxes that lose, double or turn round', () => {
  it.concurrent(
    'H1 eugene-khyst/postgresql-event-sourcing#2: a gap in the sequence is passed, and what fills it later is skipped',
    onAStreet(async (street) => {
      const bank = await street.party('notification');
      const [held, other] = neighbours;
      bank.messaging.relay.start();
      let commit = (): void => undefined;
      const open = new Promise<void>((resolve) => (commit = resolve));
      let numbered = (): void => undefined;
      const hasItsNumber = new Promise<void>((resolve) => (numbered = resolve));
      const slow = bank.messaging.transaction(async (tx) => {
        const id = await bank.messaging.outbox.say(tx, payments, news(held));
        numbered();
        await open;
        return id;
      });
      await hasItsNumber;
      const later = await bank.say(other);
      await eventually(() => expect(street.saidOf(other)).toEqual([later]));
      expect(street.saidOf(held)).toEqual([]);
      commit();
      const earlier = await slow;
      await eventually(() => expect(street.saidOf(held)).toEqual([earlier]));
    }),
  );

  it.concurrent(
    'H2 eugene-khyst/postgresql-event-sourcing#16: the order of transactions is taken for that of their commits',
    onAStreet(async (street) => {
      const bank = await street.party('notification');
      const { messaging } = bank;
      const second = await messaging.transaction(async (tx) => {
        await tx.query('insert into ledger (order_id, satang) values ($1, 0)', ['begun first']);
        await bank.say('H2', { identity: 'committed first' });
        return messaging.outbox.say(tx, payments, news('H2', { identity: 'committed second' }));
      });
      messaging.relay.start();
      await eventually(() => expect(street.saidOf('H2')).toHaveLength(2));
      expect(street.saidOf('H2')[1]).toBe(second);
      expect(sequencesOf(street, 'H2')).toEqual(['1', '2']);
    }),
  );

  it.concurrent(
    'H3 many outboxes: they read in the order of created_at, and a clock is put back',
    onAStreet(async (street) => {
      const bank = await street.party('notification');
      const [first, second] = [
        await bank.say('H3', { identity: 'first', at: new Date('2026-10-25T02:59:59Z') }),
        await bank.say('H3', { identity: 'second', at: new Date('2026-10-25T02:00:00Z') }),
      ];
      bank.messaging.relay.start();
      await eventually(() => expect(street.saidOf('H3')).toHaveLength(2));
      expect(street.saidOf('H3')).toEqual([first, second]);
      expect(sequencesOf(street, 'H3')).toEqual(['1', '2']);
    }),
  );

  it.concurrent(
    'H4 dotnet-architecture/eShopOnContainers#279: the process dies after the commit, and nobody sends what it kept',
    onAStreet(async (street) => {
      const dying = await street.party('notification', {
        passing: (point) => {
          if (point === 'after-commit') throw new Error('killed');
        },
      });
      await expect(dying.say('H4')).rejects.toThrow('killed');
      await dying.stop();
      const next = await street.party('notification', { databaseUrl: dying.databaseUrl });
      next.messaging.relay.start();
      await eventually(() => expect(street.saidOf('H4')).toHaveLength(1));
    }),
  );

  it.concurrent(
    'H5 medusajs/medusa#6016: staged work is deleted before it was handled',
    onAStreet(async (street) => {
      const gate = await gateOf(street);
      const bank = await street.party('notification');
      gate.shut();
      await gate.behind(() => Promise.resolve(bank.messaging.relay.start()));
      const id = await bank.say('H5');
      await eventually(() => expect(refusalsIn(bank.lines)).toBeGreaterThan(0));
      expect((await bank.messaging.stats()).outbox).toMatchObject({ depth: 1, dead: 0 });
      gate.reopen();
      await eventually(() => expect(street.saidOf('H5')).toContain(id));
      await eventually(async () => expect((await bank.messaging.stats()).outbox.depth).toBe(0));
    }),
  );

  it.concurrent(
    'H6 fullstackhero/dotnet-starter-kit#1336: the broker is away for longer than there are tries',
    onAStreet(async (street) => {
      const gate = await gateOf(street);
      const bank = await street.party('notification');
      const orderIds = ['H6-1', 'H6-2', 'H6-3'];
      gate.shut();
      await gate.behind(() => Promise.resolve(bank.messaging.relay.start()));
      for (const orderId of orderIds) await bank.say(orderId);
      await eventually(() => expect(refusalsIn(bank.lines)).toBeGreaterThan(3));
      expect((await bank.messaging.stats()).outbox).toMatchObject({ depth: 3, dead: 0 });
      gate.reopen();
      await eventually(() => expect(orderIds.flatMap((orderId) => street.saidOf(orderId))).toHaveLength(3));
      expect(await bank.rows('select * from outbox_dead')).toEqual([]);
    }),
  );

  it.concurrent(
    'H7 eventuate-tram/eventuate-tram-core#46: what was sent and received is kept until the disk is full',
    onAStreet(async (street) => {
      const bank = await street.party('notification');
      bank.messaging.relay.start();
      for (const index of [1, 2, 3]) await bank.say(`H7-${index}`);
      await eventually(async () => expect(await bank.rows('select * from outbox')).toEqual([]));
      await eventually(() => expect([1, 2, 3].flatMap((index) => street.saidOf(`H7-${index}`))).toHaveLength(3));
      const receipt = `insert into inbox select 'notification', gen_random_uuid(), $1, at from unnest($2::timestamptz[]) as at`;
      await bank.rows(receipt, [sessionRequests.name, [1, 29, 30].map(daysAgo)]);
      const consumer = bank.messaging.consumer([{ topic: sessionRequests, handle: () => Promise.resolve() }]);
      await consumer.start();
      await eventually(() => expect(consumer.stats().receiptsPruned).toBe(2));
      expect(await bank.rows('select topic from inbox')).toEqual([{ topic: sessionRequests.name }]);
    }),
  );
});

const sequencesOf = (street: Street, orderId: string) =>
  street.bus
    .heard(payments)
    .filter(({ key }) => key === orderId)
    .map(({ headers }) => headers['ce_sequence']);
