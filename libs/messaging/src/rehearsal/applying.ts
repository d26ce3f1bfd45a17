import { randomUUID } from 'node:crypto';
import { type EventContract, type TopicContract } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type IncomingRecord } from '../broker.js';
import { Applying } from '../consumer/applying.js';
import { type AnySubscription } from '../consumer/subscription.js';
import { type Tx } from '../database.js';
import { writeHeaders } from '../events/headers.js';

type SampleOf<Contract> =
  Contract extends EventContract<infer Type, infer Data>
    ? { readonly type: Type; readonly data: Readonly<Data['_zod']['output']> }
    : never;

/** An event of a topic as its producer could have published it. */
export type Sample<Topic extends TopicContract> = SampleOf<Topic['events'][number]>;

export interface Rehearsal {
  /** Reads, claims and handles a record as if the topic had brought it. @throws where it could not be handled */
  apply<Topic extends TopicContract>(topic: Topic, sample: Sample<Topic>): Promise<void>;
}

interface Options {
  readonly consumer: string;
  readonly subscriptions: readonly AnySubscription[];
  readonly clock: Clock;
}

const ignore = (): void => undefined;
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** Applies records in a transaction that is open already. What would follow the commit does not. */
export function applying(tx: Tx, { consumer, subscriptions, clock }: Options): Rehearsal['apply'] {
  const failed = new AbortController();
  const inRehearsal = new Applying({
    consumer,
    subscriptions: subscriptions.map(withoutCommit),
    transaction: (work) =>
      work(tx).catch((error: unknown) => {
        failed.abort(error);
        throw error;
      }),
    log: silent,
    clock,
    concurrency: 1,
  });
  return async (topic, sample) => {
    await inRehearsal.apply([recordOf(topic, sample, clock.now())], failed.signal);
    failed.signal.throwIfAborted();
    if (inRehearsal.applied === 0) throw new Error(`the sample of ${sample.type} was not handled`);
    inRehearsal.applied = 0;
  };
}

const withoutCommit = (subscription: AnySubscription): AnySubscription => ({
  ...subscription,
  handle: (event, { tx }) => subscription.handle(event, { tx, afterCommit: ignore }),
});

function recordOf(
  topic: TopicContract,
  { type, data }: { readonly type: string; readonly data: unknown },
  at: Date,
): IncomingRecord {
  const subject = (data as { readonly orderId: string })[topic.key];
  const envelope = { id: randomUUID(), source: topic.producer, subject, time: at.toISOString() };
  const headers = { ...writeHeaders(topic.name, type, envelope), ce_sequence: '1' };
  return {
    ...{ topic: topic.name, partition: 0, offset: '0', timestamp: String(at.getTime()) },
    key: Buffer.from(subject),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Buffer.from(value)])),
    value: Buffer.from(JSON.stringify(data)),
  };
}
