import { createServer, type Server, type Socket } from 'node:net';
import { payments } from '@kasir/contracts';
import { systemClock } from '@kasir/kernel';
import { type Broker, type OutgoingRecord } from '../broker.js';
import { type Database, type DatabaseSession } from '../database.js';
import { kafkajsBroker } from '../kafkajs/broker.js';
import {
  at,
  freshDatabase,
  freshTopics,
  type LabDatabase,
  memoryLog,
  paymentSucceeded,
  type RawMessage,
  tapTopic,
  testBrokers,
  until,
} from '../lab.specs.js';
import { deferred } from '../waiting.js';
import { createOutbox } from './outbox.js';
import { createRelay, type Relay } from './relay.js';

describe('the relay', () => {
  const outbox = createOutbox('notification');
  const brokers: Broker[] = [];
  const relays: Relay[] = [];
  let database: LabDatabase;
  let topic: string;
  let prefix: string;
  let tap: { messages: RawMessage[]; close(): Promise<void> };
  let log: ReturnType<typeof memoryLog>;

  beforeAll(async () => {
    prefix = await freshTopics([payments]);
    topic = prefix + payments.name;
    tap = await tapTopic(topic);
  });
  afterAll(() => tap.close());
  beforeEach(async () => {
    log = memoryLog();
    database = await freshDatabase();
  });
  afterEach(async () => {
    await Promise.all(relays.splice(0).map((relay) => relay.stop()));
    await Promise.all(brokers.splice(0).map((broker) => broker.close()));
    await database.drop();
  });

  const broker = (addresses: string[] = testBrokers()): Broker => {
    const made = kafkajsBroker({ brokers: addresses, clientId: 'notification', topicPrefix: prefix, log });
    brokers.push(made);
    return made;
  };
  const relayOver = (through: Broker, over: Database = database, pollMs = 50): Relay => {
    const parts = { service: 'notification', database: over, broker: through, log, clock: systemClock, pollMs };
    const relay = createRelay(parts);
    relays.push(relay);
    relay.start();
    return relay;
  };
  const say = (orderId: string, identity?: string) =>
    database
      .transaction((tx) => outbox.say(tx, payments, paymentSucceeded(orderId, identity)))
      .finally(() => relays[0]?.wake());
  const heard = (orderId: string) => tap.messages.filter(({ key }) => key === orderId);
  const untilHeard = (orderId: string, count = 1) =>
    until(
      `${count} of ${orderId} on the topic`,
      () => heard(orderId),
      (messages) => messages.length >= count,
    );
  const waiting = async () => (await database.query('select 1 from outbox')).length;
  const untilEmpty = () => until('the outbox is empty', waiting, (count) => count === 0);

  /** The same broker, with something done before or after each batch. */
  const watched = (
    inner: Broker,
    around: (records: readonly OutgoingRecord[], send: () => Promise<void>) => Promise<void>,
  ) => ({
    ...inner,
    producer: {
      sendBatch: (records: readonly OutgoingRecord[]) => around(records, () => inner.producer.sendBatch(records)),
    },
  });
  const idsOf = (messages: readonly RawMessage[]) => messages.map(({ headers }) => headers['ce_id']);
  const firsts = <T>(values: readonly T[]) => [...new Set(values)];

  it('brings events to their topic in the order in which they were said, and forgets them', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 20; index += 1) ids.push(await say('order-1', `ps_${index}`));
    relayOver(broker());
    const messages = await untilHeard('order-1', 20);
    expect(idsOf(messages)).toEqual(ids);
    expect(messages.map(({ headers }) => headers['ce_sequence'])).toEqual(ids.map((_, index) => String(index + 1)));
    expect(messages[0]).toMatchObject({
      headers: { ce_type: 'PaymentSucceeded', ce_source: 'notification', 'content-type': 'application/json' },
      body: JSON.stringify(paymentSucceeded('order-1', 'ps_0').data),
    });
    await untilEmpty();
  });

  it('looks at the outbox and at the locks of other relays with one statement while it is alone', async () => {
    const statements: string[] = [];
    const counting: Database = {
      ...database,
      async session() {
        const session = await database.session();
        return {
          ...session,
          query: (sql, params) => {
            statements.push(sql);
            return session.query(sql, params);
          },
        };
      },
    };
    const relay = relayOver(broker(), counting);
    await until(
      'all shards are its own',
      () => relay.shards().length,
      (count) => count === 16,
    );
    await until(
      'it has looked once more',
      () => statements.length,
      (count) => count >= 6,
    );
    const isWholeLook = (sql: string | undefined) => /from outbox[^]*from pg_locks/.test(sql ?? '');
    const [, first, taking, , ...looks] = statements;
    expect([first, ...looks].filter((sql) => !isWholeLook(sql))).toEqual([]);
    expect(taking).toContain('pg_try_advisory_lock');
  });

  it('brings nothing of a transaction that is still open, and then everything in the order of commits', async () => {
    relayOver(broker());
    const [begun, hold] = [deferred(), deferred()];
    const slow = database.transaction(async (tx) => {
      const id = await outbox.say(tx, payments, paymentSucceeded('order-2', 'first'));
      begun.resolve();
      await hold.promise;
      return id;
    });
    await begun.promise;
    const quick = say('order-2', 'second');
    await say('order-3');
    await untilHeard('order-3');
    expect(heard('order-2')).toEqual([]);
    hold.resolve();
    const ids = await Promise.all([slow, quick]);
    expect(idsOf(await untilHeard('order-2', 2))).toEqual(ids);
  });

  it('says the same thing again, with the same id, when it dies between the broker’s answer and its note of it', async () => {
    const ids = [await say('order-4', 'ps_1'), await say('order-4', 'ps_2')];
    let deaths = 0;
    const dying = watched(broker(), async (_, send) => {
      await send();
      if ((deaths += 1) === 1) await database.cutConnections();
    });
    relayOver(dying);
    expect(idsOf(await untilHeard('order-4', 4))).toEqual([...ids, ...ids]);
    await untilEmpty();
    expect(heard('order-4')).toHaveLength(4);
  });

  describe('beside others', () => {
    const senders = new Map<string, Set<string>>();
    const named = (name: string) =>
      watched(broker(), (records, send) => {
        for (const { key } of records) senders.set(key, (senders.get(key) ?? new Set()).add(name));
        return send();
      });
    const all = Array.from({ length: 16 }, (_, shard) => shard);
    const untilOwned = (...shares: [Relay, number][]) =>
      until(
        `shares of ${shares.map(([, count]) => count).join(', ')}`,
        () => shares.map(([relay]) => relay.shards().length),
        (counts) => counts.every((count, index) => count === shares[index]?.[1]),
      );
    const sequencesOf = (order: string) => firsts(heard(order).map(({ headers }) => Number(headers['ce_sequence'])));

    it('shares the shards evenly, so that each key has one sender, and leaves them to the rest', async () => {
      const orders = Array.from({ length: 24 }, (_, index) => `shared-${index}`);
      const sayAll = (identity: string) => Promise.all(orders.map((order) => say(order, identity)));
      const first = relayOver(named('first'));
      await untilOwned([first, 16]);
      const second = relayOver(named('second'));
      await untilOwned([first, 8], [second, 8]);
      expect([...first.shards(), ...second.shards()].sort((left, right) => left - right)).toEqual(all);
      await sayAll('ps_1');
      await sayAll('ps_2');
      await untilEmpty();
      expect([...senders.values()].map(({ size }) => size)).toEqual(orders.map(() => 1));
      expect(new Set([...senders.values()].flatMap((names) => [...names])).size).toBe(2);
      const third = relayOver(named('third'));
      await untilOwned([first, 6], [second, 6], [third, 4]);
      await Promise.all([first.stop(), third.stop()]);
      await untilOwned([second, 16]);
      await sayAll('ps_3');
      await untilEmpty();
      await until(
        'all are heard in order',
        () => orders.map(sequencesOf),
        (sequences) => sequences.every((counts) => counts.join() === '1,2,3'),
      );
    });

    it('loses and turns round nothing while instances come and go', async () => {
      const orders = Array.from({ length: 10 }, (_, index) => `moving-${index}`);
      const rounds = 30;
      let round = 0;
      const speaking = (async () => {
        for (; round < rounds; round += 1) await Promise.all(orders.map((order) => say(order, `ps_${round}`)));
      })();
      const base = relayOver(broker());
      for (const _ of [1, 2]) {
        const guest = relayOver(broker());
        await until(
          'the guest has a share',
          () => guest.shards().length,
          (count) => count > 0,
        );
        await guest.stop();
      }
      await speaking;
      await untilOwned([base, 16]);
      await untilEmpty();
      const counts = Array.from({ length: rounds }, (_, index) => index + 1);
      await until(
        'all are heard',
        () => orders.map(sequencesOf),
        (seen) => seen.every(({ length }) => length === rounds),
      );
      expect(orders.map(sequencesOf)).toEqual(orders.map(() => counts));
    });

    it('takes over within seconds from one that is frozen, whose late words are only repeats and delete nothing', async () => {
      const [sending, thaw] = [deferred(), deferred()];
      let frozen = false;
      const freezing: Database = {
        ...database,
        session: async () => {
          const session = await database.session();
          const query: DatabaseSession['query'] = async (sql, params) => {
            if (frozen) await thaw.promise;
            return session.query(sql, params);
          };
          return { ...session, query };
        },
      };
      const ids = [await say('frozen', 'ps_1')];
      const holder = watched(broker(), async (_, send) => {
        frozen = true;
        sending.resolve();
        await thaw.promise;
        await send();
      });
      const first = relayOver(holder, freezing);
      await sending.promise;
      const second = relayOver(broker());
      await untilHeard('frozen');
      await until(
        'all are the second one’s',
        () => second.shards().length,
        (count) => count === 16,
      );
      ids.push(await say('frozen', 'ps_2'));
      await untilHeard('frozen', 2);
      await second.stop();
      ids.push(await say('frozen', 'ps_3'));
      frozen = false;
      thaw.resolve();
      await until(
        'the first one is back',
        () => first.shards().length,
        (count) => count === 16,
      );
      const messages = await untilHeard('frozen', 4);
      expect(firsts(idsOf(messages))).toEqual(ids);
      await untilEmpty();
    });
  });

  it('keeps the order of first occurrences when a holder that lost its lock wakes up in the middle of sending', async () => {
    const [sending, thaw] = [deferred(), deferred()];
    const frozen = watched(broker(), async (_, send) => {
      sending.resolve();
      await thaw.promise;
      await send();
    });
    const ids = [await say('order-6', 'ps_1')];
    relayOver(frozen);
    await sending.promise;
    await database.cutConnections();
    relayOver(broker());
    await untilHeard('order-6');
    ids.push(await say('order-6', 'ps_2'));
    await untilHeard('order-6', 2);
    thaw.resolve();
    const messages = await untilHeard('order-6', 3);
    expect(firsts(idsOf(messages))).toEqual(ids);
  });

  it('sets aside what the broker will never take, and brings the rest', async () => {
    const ids = [await say('order-7', 'ps_1')];
    const huge = await say('order-7', 'huge');
    await database.query(`update outbox set body = repeat('x', 1200000) where event_id = $1`, [huge]);
    const odd = await say('order-7', 'odd');
    await database.query(`update outbox set headers = headers || '{"ce_odd": null}' where event_id = $1`, [odd]);
    ids.push(await say('order-7', 'ps_2'));
    relayOver(broker());
    await untilHeard('order-7', 2);
    await untilEmpty();
    const told = () => log.lines.filter(({ level }) => level === 'error').length;
    await until('both are told of', told, (count) => count >= 2);
    await until(
      'the rest is heard',
      () => firsts(idsOf(heard('order-7'))),
      (found) => found.length >= 2,
    );
    expect(firsts(idsOf(heard('order-7')))).toEqual(ids);
    const dead = await database.query('select event_id as id, reason, said_at from outbox_dead order by position');
    expect(dead).toEqual([
      {
        id: huge,
        reason: expect.stringMatching(
          /^MESSAGE_TOO_LARGE: .*: say less in one event, or raise max.message.bytes/,
        ) as string,
        said_at: at,
      },
      { id: odd, reason: 'ce_odd is no text', said_at: at },
    ]);
    expect(told()).toBe(2);
  });

  it('asks the broker for what it will never take with the others, then alone, and never again', async () => {
    let asked = 0;
    const counting = watched(broker(), (records, send) => {
      if (records.some(({ key }) => key === 'order-7b')) asked += 1;
      return send();
    });
    const odd = await say('order-7b');
    await database.query(`update outbox set headers = headers || '{"ce_odd": null}' where event_id = $1`, [odd]);
    relayOver(counting);
    await until('it is set aside, or asked for too often', waiting, (count) => count === 0 || asked > 3);
    expect(asked).toBe(2);
  });

  it('does not wait for its next look when it is told to look', async () => {
    const relay = relayOver(broker(), database, 3_600_000);
    await say('order-8', 'first');
    relay.wake();
    await untilHeard('order-8');
    await untilEmpty();
    await say('order-8', 'second');
    relay.wake();
    await untilHeard('order-8', 2);
  });

  it('finishes what is in hand when it stops, and leaves the rest for the next start', async () => {
    const sending = deferred();
    const slow = watched(broker(), async (_, send) => {
      sending.resolve();
      await send();
    });
    await say('order-9');
    const relay = relayOver(slow);
    await sending.promise;
    await relay.stop();
    expect(await waiting()).toBe(0);
    await say('order-9', 'later');
    relay.wake();
    relay.start();
    await untilHeard('order-9', 2);
  });

  describe('and a broker that accepts and never answers', () => {
    let silent: Server;
    const sockets: Socket[] = [];
    beforeEach(async () => {
      silent = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    });
    afterEach(() => {
      for (const socket of sockets) socket.destroy();
      silent.close();
    });

    it('notices the silence although nothing is to be sent, and keeps what is said', async () => {
      const relay = relayOver(broker([`127.0.0.1:${(silent.address() as { port: number }).port}`]));
      await until(
        'half a second of silence',
        () => relay.brokerSilentMs(),
        (ms) => ms > 500,
      );
      await say('order-10');
      relay.wake();
      await until(
        'more than a second of silence',
        () => relay.brokerSilentMs(),
        (ms) => ms > 1_100,
      );
      expect(await waiting()).toBe(1);
    });
  });

  it('is not silent with a broker that answers, nor with one that is never asked', async () => {
    const relay = relayOver(broker());
    await say('order-11');
    await untilHeard('order-11');
    const asked = deferred();
    const idle = relayOver({ ...broker(), ping: () => (asked.resolve(), broker().ping()) });
    await asked.promise;
    await until(
      'the ping is answered',
      () => idle.brokerSilentMs(),
      (ms) => ms === 0,
    );
    await until(
      'the one that sends is answered as well',
      () => relay.brokerSilentMs(),
      (ms) => ms === 0,
    );
  });

  it('brings everything to a broker that was away', async () => {
    const id = await say('order-12');
    let away = true;
    const nobody = broker(['127.0.0.1:1']);
    const here = broker();
    relayOver({
      ...here,
      ping: () => (away ? nobody : here).ping(),
      producer: { sendBatch: (records) => (away ? nobody : here).producer.sendBatch(records) },
    });
    await until(
      'the relay noticed',
      () => log.lines,
      (lines) => lines.some(({ message }) => /did not take/.test(message)),
    );
    away = false;
    expect(idsOf(await untilHeard('order-12'))).toEqual([id]);
  });
});
