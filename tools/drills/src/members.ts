import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type GuardedProcess, spawnGuarded } from '@kasir/local-stack';
import { payments } from '@kasir/contracts';
import { Kafka, logLevel } from 'kafkajs';
import { type Place } from './place.js';
import { until } from './verdict.js';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const program = import.meta.url.endsWith('.ts')
  ? ['--conditions=kasir-source', `--import=${path('../../run-source.mjs')}`, path('member.ts')]
  : [path('member.js')];

/** Listeners of one group, each a process. */
export class Members {
  readonly #alive: GuardedProcess[] = [];
  #count = 0;

  constructor(
    private readonly place: Place,
    private readonly folder: string,
    private readonly sessionTimeoutMs: number,
  ) {}

  get size(): number {
    return this.#alive.length;
  }

  async join(): Promise<void> {
    this.#count += 1;
    const member = await spawnGuarded(process.execPath, ['--disable-warning=TimeoutNegativeWarning', ...program], {
      env: {
        ...process.env,
        DRILL_PLACE: JSON.stringify({ ...this.place, sessionTimeoutMs: this.sessionTimeoutMs }),
      },
      logFile: join(this.folder, `member-${this.#count}.log`),
    });
    this.#alive.push(member);
  }

  /** The one that has been there longest leaves in good order. */
  async leave(): Promise<void> {
    const { code } = (await this.#alive.shift()?.stop('SIGTERM', 20_000)) ?? { code: 0 };
    if (code !== 0) throw new Error(`a member that was asked to leave ended with ${code}; see ${this.folder}`);
  }

  async kill(): Promise<void> {
    await this.#alive.shift()?.kill();
  }

  async untilJoined(): Promise<void> {
    await until(
      'every member has its partitions',
      () => groupSize(this.place),
      (size) => size === this.size,
    );
  }

  async end(): Promise<void> {
    await Promise.all(this.#alive.splice(0).map((member) => member.kill()));
  }
}

/** How many members the group has, 0 while it is rebalancing. */
async function groupSize({ brokers, prefix }: Place): Promise<number> {
  const admin = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const { groups } = await admin.describeGroups([`${prefix}order`]).finally(() => admin.disconnect());
  const [group] = groups;
  return group?.state === 'Stable' ? group.members.length : 0;
}

/** How far the group is with each partition. */
export async function positionsOf({ brokers, prefix }: Place): Promise<ReadonlyMap<number, number>> {
  const admin = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const [topic] = await admin
    .fetchOffsets({ groupId: `${prefix}order`, topics: [prefix + payments.name] })
    .finally(() => admin.disconnect());
  return new Map(topic?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
}
