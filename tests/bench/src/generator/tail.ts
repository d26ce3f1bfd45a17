import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';

export interface Tail {
  /** By kind, such as `Fetch`. */
  readonly requests: Readonly<Record<string, number>>;
  close(): Promise<void>;
}

/** Reads every record of a topic that comes from now on, once, also over rebalances; resolves when nothing more can be missed. */
export async function openTail(
  brokers: readonly string[],
  topic: string,
  read: (type: string, key: string, id: string) => void,
): Promise<Tail> {
  const kafka = new Kafka({ clientId: 'kasir-bench', brokers: [...brokers], logLevel: logLevel.NOTHING });
  const next = await endsOf(kafka, topic);
  const consumer = kafka.consumer({ groupId: `kasir-bench-${randomUUID()}`, maxWaitTimeInMs: 1_000 });
  const requests: Record<string, number> = {};
  consumer.on(consumer.events.REQUEST, ({ payload: { apiName } }) => {
    requests[apiName] = (requests[apiName] ?? 0) + 1;
  });
  const joined = new Promise<void>((resolve) =>
    consumer.on(consumer.events.GROUP_JOIN, ({ payload: { memberAssignment } }) => {
      for (const partition of memberAssignment[topic] ?? [])
        consumer.seek({ topic, partition, offset: String(next.get(partition) ?? 0n) });
      resolve();
    }),
  );
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: false });
  await consumer.run({
    autoCommit: false,
    partitionsConsumedConcurrently: 4,
    eachBatch: ({ batch: { partition, messages } }) => {
      for (const { offset, key, headers } of messages) {
        if (BigInt(offset) < (next.get(partition) ?? 0n)) continue;
        next.set(partition, BigInt(offset) + 1n);
        const id = String(headers?.['ce_id'] ?? `${partition}/${offset}`);
        read(String(headers?.['ce_type'] ?? ''), String(key ?? ''), id);
      }
      return Promise.resolve();
    },
  });
  await joined;
  return { requests, close: () => consumer.disconnect() };
}

async function endsOf(kafka: Kafka, topic: string): Promise<Map<number, bigint>> {
  const admin = kafka.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(topic).finally(() => admin.disconnect());
  return new Map(offsets.map(({ partition, high }) => [partition, BigInt(high)]));
}
