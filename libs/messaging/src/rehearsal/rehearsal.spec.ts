import { orders, payments } from '@kasir/contracts';
import {
  freshDatabase,
  freshTopics,
  type LabDatabase,
  memoryLog,
  paymentSucceeded,
  readTopic,
  testBrokers,
} from '../lab.specs.js';
import { createMessaging, type Messaging } from '../messaging.js';

const { type, data } = paymentSucceeded('order-1');
const sample = { type, data };
const { order, ...paid } = data;

describe('a rehearsal', () => {
  let database: LabDatabase;
  let messaging: Messaging;
  let prefix: string;
  let handled: string[];
  let followed: number;
  const passed: string[] = [];

  beforeAll(async () => {
    [database, prefix] = await Promise.all([
      freshDatabase('create table paid (order_id text primary key)'),
      freshTopics([payments, orders]),
    ]);
    messaging = createMessaging({
      service: 'order',
      database,
      brokers: { brokers: testBrokers() },
      topicPrefix: prefix,
      log: memoryLog(),
      onFatal: (error) => {
        throw error;
      },
      passing: (point) => void passed.push(point),
    });
    messaging.consumer([
      {
        topic: payments,
        async handle({ data: { orderId } }, { tx, afterCommit }) {
          handled.push(orderId);
          afterCommit(() => (followed += 1));
          await tx.query('insert into paid values ($1)', [orderId]);
          await messaging.outbox.say(tx, orders, {
            type: 'OrderPaid',
            data: { ...paid, description: order.description },
            identity: orderId,
            at: new Date(),
          });
        },
      },
    ]);
  });
  beforeEach(() => {
    [handled, followed] = [[], 0];
  });
  afterAll(async () => {
    await messaging.stop();
    await database.drop();
  });

  const rowsLeft = async (): Promise<number> => {
    const [row] = await database.query<{ count: number }>(
      `select ((select count(*) from paid) + (select count(*) from outbox) + (select count(*) from event_sequences)
         + (select count(*) from inbox) + (select count(*) from dead_letters))::int as count`,
    );
    return row!.count;
  };

  it('reads, claims and handles an event, and leaves nothing of it', async () => {
    messaging.relay.start();
    await messaging.rehearse(async ({ apply }) => {
      await apply(payments, sample as never);
      const seen = await messaging.transaction((tx) => tx.query('select 1 from outbox join inbox on true'));
      expect(seen).toHaveLength(1);
    });
    expect(handled).toEqual(['order-1']);
    expect(followed).toBe(0);
    expect(await rowsLeft()).toBe(0);
    expect(await readTopic(prefix + orders.name)).toEqual([]);
    expect((await messaging.stats()).consumers[0]).toMatchObject({ applied: 0, repeated: 0, deadLetters: 0 });
    expect(passed.filter((point) => point.includes('commit'))).toEqual([]);
  });

  it('takes no statement after its end, as that would be committed', async () => {
    let late: Promise<unknown> | undefined;
    let goOn = (): void => undefined;
    const over = new Promise<void>((resolve) => (goOn = resolve));
    await messaging.rehearse(() => {
      late = over.then(() => messaging.transaction((tx) => tx.query(`insert into paid values ('late')`)));
      return Promise.resolve();
    });
    goOn();
    await expect(late).rejects.toThrow('the rehearsal is over');
    expect(await rowsLeft()).toBe(0);
  });

  it('is over for its statements once it is aborted', async () => {
    const giveUp = new AbortController();
    const rehearsal = messaging.rehearse(async () => {
      giveUp.abort();
      await messaging.transaction((tx) => tx.query('select 1'));
    }, giveUp.signal);
    await expect(rehearsal).rejects.toThrow('the rehearsal is over');
  });

  it('rejects with what its handler throws, which becomes no dead letter', async () => {
    const twice = messaging.rehearse(async ({ apply }) => {
      await apply(payments, sample as never);
      await apply(payments, sample as never);
    });
    await expect(twice).rejects.toThrow('duplicate key');
    expect(await rowsLeft()).toBe(0);
  });

  it('rejects a sample that its contract does not allow', async () => {
    const odd = { type, data: { orderId: 'order-1' } };
    await expect(messaging.rehearse(({ apply }) => apply(payments, odd as never))).rejects.toThrow('was not handled');
    expect(await rowsLeft()).toBe(0);
  });

  it('changes nothing of the transactions beside it', async () => {
    await messaging.rehearse(({ apply }) => apply(payments, sample as never));
    expect(messaging.isRehearsing()).toBe(false);
    await messaging.transaction((tx) => tx.query(`insert into paid values ('real')`));
    expect(await rowsLeft()).toBe(1);
  });
});
