import { payments } from '@kasir/contracts';
import { systemClock } from '@kasir/kernel';
import { type ConsumerListener, type EventConsumer, type IncomingRecord, type Position } from '../broker.js';
import { freshDatabase, type LabDatabase, memoryLog, rawPaymentSucceeded, until } from '../lab.specs.js';
import { deferred, type Deferred } from '../waiting.js';
import { Applying } from './applying.js';
import { type ConsumerParts, EventsConsumer } from './consumer.js';
import { type AnySubscription } from './subscription.js';

const place = { topic: payments.name, partition: 0 };

const record = (offset: number): IncomingRecord => {
  const { key, value, headers } = rawPaymentSucceeded(`order-${offset}`);
  return {
    ...place,
    offset: String(offset),
    timestamp: '0',
    key: Buffer.from(key!),
    value: value as Buffer,
    headers: headers!,
  };
};
const records = (...offsets: number[]) =>
  offsets.map(record).map((each) => ({ ...each, value: Buffer.from(each.value!) }));

/** A broker's membership whose every turn the test decides. */
class Membership implements EventConsumer {
  listener!: ConsumerListener;
  readonly committed: string[] = [];
  readonly deeds: string[] = [];
  acknowledged: Promise<unknown> = Promise.resolve();

  start(listener: ConsumerListener): Promise<void> {
    this.listener = listener;
    listener.onAssigned([place]);
    return Promise.resolve();
  }
  async commit(positions: readonly Position[]): Promise<void> {
    await this.acknowledged;
    this.committed.push(...positions.map(({ next }) => next));
    this.deeds.push('commit');
  }
  pause = () => void this.deeds.push('pause');
  resume = () => void this.deeds.push('resume');
  stop(): Promise<void> {
    this.deeds.push('stop');
    return Promise.resolve();
  }
}

describe('a member of a group', () => {
  let database: LabDatabase;
  let membership: Membership;
  let consumer: EventsConsumer;
  let handled: string[];
  let hold: Map<string, Deferred>;

  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    [membership, handled, hold] = [new Membership(), [], new Map()];
    await database.query('truncate inbox');
    consumer = make();
    await consumer.start();
  });
  afterEach(() => consumer.stop());

  const make = (parts: Partial<ConsumerParts> = {}): EventsConsumer => {
    const subscription: AnySubscription = {
      topic: payments,
      async handle({ data: { orderId } }) {
        handled.push(orderId);
        await hold.get(orderId)?.promise;
      },
    };
    const log = memoryLog();
    return new EventsConsumer({
      open: () => membership,
      lag: () => Promise.resolve([]),
      applying: new Applying({
        consumer: 'order',
        subscriptions: [subscription],
        transaction: database.transaction,
        log,
        clock: systemClock,
        concurrency: 2,
      }),
      log,
      onFatal: (error) => {
        throw error;
      },
      stuckMs: 60_000,
      ...parts,
    });
  };
  const give = (...offsets: number[]) => membership.listener.onRecords(place, records(...offsets));
  const untilHandled = (count: number) =>
    until(
      `${count} handled`,
      () => handled.length,
      (seen) => seen >= count,
    );
  const untilCommitted = (next: string) =>
    until(
      `${next} is committed`,
      () => membership.committed,
      (seen) => seen.at(-1) === next,
    );

  it('commits how far it is done', async () => {
    give(1, 2, 3);
    await untilCommitted('4');
    expect(handled).toEqual(['order-1', 'order-2', 'order-3']);
  });

  it('forgets at a new join what it has not begun, and commits nothing of before', async () => {
    hold.set('order-1', deferred());
    give(1);
    give(2, 3);
    await untilHandled(1);
    membership.listener.onAssigned([place]);
    hold.get('order-1')?.resolve();
    give(7);
    await untilCommitted('8');
    expect(handled).toEqual(['order-1', 'order-7']);
    expect(membership.committed).toEqual(['8']);
  });

  it('applies once what was in hand at a new join and comes again', async () => {
    hold.set('order-1', deferred());
    give(1);
    give(2);
    await untilHandled(1);
    membership.listener.onAssigned([place]);
    give(1, 2);
    hold.get('order-1')?.resolve();
    await untilCommitted('3');
    expect(handled).toEqual(['order-1', 'order-2']);
    expect(consumer.stats()).toMatchObject({ applied: 2, repeated: 1 });
  });

  it('leaves only after its last commit is acknowledged', async () => {
    const acknowledged = deferred();
    membership.acknowledged = acknowledged.promise;
    hold.set('order-1', deferred());
    give(1);
    give(2);
    await untilHandled(1);
    const stopped = consumer.stop();
    hold.get('order-1')?.resolve();
    await until(
      'the receipt is kept',
      () => database.query('select 1 from inbox'),
      (rows) => rows.length === 1,
    );
    acknowledged.resolve();
    await stopped;
    expect(membership.deeds.slice(-2)).toEqual(['commit', 'stop']);
    expect({ handled, committed: membership.committed }).toEqual({ handled: ['order-1'], committed: ['2'] });
  });

  it('commits again what the broker did not take', async () => {
    membership.acknowledged = Promise.reject(new Error('the coordinator moved'));
    membership.acknowledged.catch(() => undefined);
    give(1);
    await until(
      'the commit failed',
      () => handled.length,
      (seen) => seen === 1,
    );
    await new Promise(setImmediate);
    membership.acknowledged = Promise.resolve();
    await untilCommitted('2');
  });

  it('does not commit after a new join what the broker did not take before it', async () => {
    const refused = deferred();
    membership.acknowledged = refused.promise;
    give(1);
    await untilHandled(1);
    membership.listener.onAssigned([place]);
    refused.reject(new Error('the group is rebalancing'));
    membership.acknowledged = Promise.resolve();
    membership.listener.onRecords({ ...place, partition: 1 }, records(8));
    await untilCommitted('9');
    expect(membership.committed).toEqual(['9']);
  });

  it('stops the fetching of a partition whose messages pile up', async () => {
    hold.set('order-1', deferred());
    give(...Array.from({ length: 1_005 }, (_, index) => index + 1));
    expect(membership.deeds.at(-1)).toBe('pause');
    hold.get('order-1')?.resolve();
    await until(
      'it is fetched again',
      () => membership.deeds,
      (deeds) => deeds.lastIndexOf('resume') > deeds.indexOf('pause'),
    );
  });

  it('is asked for nothing between the end of one membership and the join of the next', async () => {
    const other = { ...place, partition: 1 };
    const join = deferred();
    class Later extends Membership {
      override async start(listener: ConsumerListener): Promise<void> {
        await join.promise;
        return super.start(listener);
      }
    }
    const next = new Later();
    const memberships = [membership, next];
    const standsStill = { ...other, committed: 0n, end: 1n };
    await consumer.stop();
    consumer = make({ open: () => memberships.shift()!, lag: () => Promise.resolve([standsStill]), stuckMs: 20 });
    await consumer.start();
    membership.listener.onAssigned([place, other]);
    hold.set('order-1', deferred());
    give(...Array.from({ length: 1_005 }, (_, index) => index + 1));
    await until(
      'the next membership is opened',
      () => memberships.length,
      (left) => left === 0,
    );
    hold.get('order-1')?.resolve();
    await until(
      'nothing of the last one is left',
      () => consumer.stats().partitions[0]!.queued,
      (queued) => queued === 0,
    );
    expect(next.deeds).toEqual([]);
    join.resolve();
    await until(
      'it has joined',
      () => next.deeds,
      (deeds) => deeds.includes('resume'),
    );
  });
});
