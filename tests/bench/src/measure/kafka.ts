import { type Admin, Kafka, logLevel } from 'kafkajs';

export interface RecordsReading {
  /** On the system's topics. */
  readonly records: number;
  /** On `__consumer_offsets`. */
  readonly offsetRecords: number;
}

export interface TopicMeter {
  read(): Promise<RecordsReading>;
  /** Requests of its own so far, by kind. */
  readonly ownRequests: Readonly<Record<string, number>>;
  deleteTopics(): Promise<void>;
  close(): Promise<void>;
}

export async function openTopicMeter(brokers: readonly string[], topics: readonly string[]): Promise<TopicMeter> {
  const kafka = new Kafka({ clientId: 'kasir-bench', brokers: [...brokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  const ownRequests: Record<string, number> = {};
  admin.on(admin.events.REQUEST, ({ payload: { apiName } }) => {
    ownRequests[apiName] = (ownRequests[apiName] ?? 0) + 1;
  });
  await admin.connect();
  return {
    ownRequests,
    async read() {
      const records = await Promise.all(topics.map((topic) => recordsOn(admin, topic)));
      const offsetRecords = await recordsOn(admin, '__consumer_offsets');
      return { records: records.reduce((sum, count) => sum + count, 0), offsetRecords };
    },
    deleteTopics: () => admin.deleteTopics({ topics: [...topics] }),
    close: () => admin.disconnect(),
  };
}

/** By the ends of its partitions: what is deleted meanwhile still counts. */
async function recordsOn(admin: Admin, topic: string): Promise<number> {
  const offsets = await admin.fetchTopicOffsets(topic).catch(() => []);
  return offsets.reduce((sum, { high }) => sum + Number(high), 0);
}
