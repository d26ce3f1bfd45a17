import { type Admin } from 'kafkajs';
import { type PartitionLag } from '../broker.js';

/** How far a group is and how far its topics reach. What retention has deleted counts as read, and nothing committed as the beginning. */
export async function readLag(
  admin: Admin,
  group: string,
  topics: readonly string[],
  topicPrefix: string,
): Promise<PartitionLag[]> {
  const names = topics.map((topic) => topicPrefix + topic);
  const committed = await admin.fetchOffsets({ groupId: group, topics: names });
  const lags = await Promise.all(
    committed.map(async ({ topic: name, partitions }) => {
      const ends = await admin.fetchTopicOffsets(name);
      return partitions.flatMap(({ partition, offset }) => {
        const reach = ends.find((end) => end.partition === partition);
        if (reach === undefined) return [];
        const low = BigInt(reach.low);
        const position = BigInt(offset) < low ? low : BigInt(offset);
        return [{ topic: name.slice(topicPrefix.length), partition, committed: position, end: BigInt(reach.high) }];
      });
    }),
  );
  return lags.flat();
}
