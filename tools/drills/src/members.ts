import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type GuardedProcess, spawnGuarded } from '@kasir/local-stack';
import { payments } from '@kasir/contracts';
import { Kafka, logLevel } from 'kafkajs';
import { listens } from './listens.js';
import { type Place } from './place.js';
import { until } from './verdict.js';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const program = import.meta.url.endsWith('.ts')
  ? ['--conditions=kasir-source', `--import=${path('../../run-source.mjs')}`, path('member.ts')]
  : [path('member.js')];

interface Member {
  readonly child: GuardedProcess;
  readonly logFile: string;
}

/** Listeners of one group, each a process. */
export class Members {
  readonly #alive: Member[] = [];
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
    const logFile = join(this.folder, `${this.place.prefix}member-${this.#count}.log`);
    const child = await spawnGuarded(process.execPath, ['--disable-warning=TimeoutNegativeWarning', ...program], {
      env: {
        ...process.env,
        DRILL_PLACE: JSON.stringify({ ...this.place, sessionTimeoutMs: this.sessionTimeoutMs }),
      },
      logFile,
    });
    this.#alive.push({ child, logFile });
  }

  /** The one that has been there longest leaves in good order, as soon as it listens. */
  async leave(): Promise<void> {
    const { child, logFile } = this.#longestThere();
    await until(
      'a member that is asked to leave listens',
      () => readFile(logFile, 'utf8'),
      (log) => log.includes(listens),
    );
    const { code, signal } = await child.stop('SIGTERM', 60_000);
    if (code !== 0) throw new Error(`a member that was asked to leave ended with ${code ?? signal}; see ${logFile}`);
  }

  async kill(): Promise<void> {
    await this.#longestThere().child.kill();
  }

  #longestThere(): Member {
    const member = this.#alive.shift();
    if (member === undefined) throw new Error('there is no member left to end');
    return member;
  }

  async untilJoined(): Promise<void> {
    await until(
      'every member has its partitions',
      () => groupSize(this.place),
      (size) => size === this.size,
    );
  }

  async end(): Promise<void> {
    await Promise.all(this.#alive.splice(0).map(({ child }) => child.kill()));
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
