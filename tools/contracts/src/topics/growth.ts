import { setTimeout as pause } from 'node:timers/promises';
import { type Admin } from 'kafkajs';
import { brokersWord } from './cluster.js';
import { type DesiredTopic } from './topic-state.js';

/** For how long nothing may be written before we believe that the relays are paused, in milliseconds. */
const stillnessMs = 1_000;

/**
 * What stands against more partitions now: somebody still writes, or a group has not read everything. A message whose key
 * moves to another partition must not overtake one that is still waiting in the old one.
 */
export async function obstaclesToGrowth(admin: Admin, topic: DesiredTopic): Promise<readonly string[]> {
  const before = await endsOf(admin, topic.name);
  await pause(stillnessMs);
  const ends = await endsOf(admin, topic.name);
  const written = ends.some(({ high }, index) => high !== before[index]?.high);
  if (written) return ['somebody still writes to it: pause the relays of its producer'];
  const groups = await groupsOf(admin, topic);
  const behind = await Promise.all(
    groups.map(async (group) => [group, lagOf(ends, await committedBy(admin, group, topic.name))] as const),
  );
  return behind
    .filter(([, lag]) => lag > 0n)
    .map(([group, lag]) => `the group ${group} has ${lag} messages to read: wait until it has read them`);
}

interface End {
  readonly partition: number;
  readonly high: string;
  readonly low: string;
}

type Committed = ReadonlyMap<number, bigint>;

/** Right after a topic was made or has grown, a broker may not know yet that it leads. */
async function endsOf(admin: Admin, topic: string): Promise<readonly End[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await admin.fetchTopicOffsets(topic)).sort((a, b) => a.partition - b.partition);
    } catch (error) {
      if (brokersWord(error)?.type !== 'NOT_LEADER_FOR_PARTITION' || attempt === 20) throw error;
      await pause(100);
    }
  }
}

/** The readers of the contract, and whoever else has ever committed something of the topic. */
async function groupsOf(admin: Admin, { name, readerGroups }: DesiredTopic): Promise<readonly string[]> {
  const { groups } = await admin.listGroups();
  const others = groups.map(({ groupId }) => groupId).filter((group) => !readerGroups.includes(group));
  const known = await Promise.all(
    others.map(async (group) => ((await committedBy(admin, group, name)).size > 0 ? [group] : [])),
  );
  return [...readerGroups, ...known.flat()];
}

async function committedBy(admin: Admin, groupId: string, topic: string): Promise<Committed> {
  const offsets = await admin.fetchOffsets({ groupId, topics: [topic] });
  const partitions = offsets
    .flatMap((each) => each.partitions)
    .map(({ partition, offset }) => [partition, BigInt(offset)] as const);
  return new Map(partitions.filter(([, offset]) => offset >= 0n));
}

/** What was deleted of age counts as read; where nothing was committed, all that is left has to be read. */
const lagOf = (ends: readonly End[], committed: Committed): bigint =>
  ends
    .map(({ partition, high, low }) => BigInt(high) - max(committed.get(partition), BigInt(low)))
    .reduce((sum, lag) => sum + lag, 0n);

const max = (a: bigint | undefined, b: bigint): bigint => (a === undefined || a < b ? b : a);
