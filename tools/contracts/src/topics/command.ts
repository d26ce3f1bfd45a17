import { type TopicContract } from '@kasir/contracts';
import { type BrokerAddress, probeBroker } from '@kasir/messaging';
import { ConfigError, type Environment } from '@kasir/platform';
import { brokerAddress } from '@kasir/service';
import { type Admin } from 'kafkajs';
import { applyStep } from './apply.js';
import { readArguments, type Wish } from './arguments.js';
import { asAdmin, brokersWord, currentTopic } from './cluster.js';
import { obstaclesToGrowth } from './growth.js';
import { planStep, procedure, type Step } from './plan.js';
import { readSettings, type TopicsConfig } from './settings.js';
import { table } from './table.js';
import { type DesiredTopic, desiredTopics } from './topic-state.js';

interface Call {
  readonly arguments: readonly string[];
  readonly env: Environment;
  readonly topics: readonly TopicContract[];
  readonly print: (text: string) => void;
}

/** 0: all is as it should be, or is now. 1: refused or failed. 2: `plan` has found something to do. */
export type ExitCode = 0 | 1 | 2;

/** Compares the topics of a cluster with the contracts, and brings them there when asked to. Never rejects. */
export async function runTopics({ arguments: words, env, topics, print }: Call): Promise<ExitCode> {
  try {
    const wish = readArguments(
      words,
      topics.map(({ name }) => name),
    );
    const config = readSettings(env);
    const address = brokerAddress('topics', config);
    await untilAnswered(address);
    return await asAdmin(address, (admin) => work(admin, wish, desiredTopics(topics, config), print)).catch(
      (error: unknown) => {
        throw explained(error, config);
      },
    );
  } catch (error) {
    const { message } = error as Error;
    print(error instanceof ConfigError ? message : `topics: ${message}`);
    return 1;
  }
}

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

const untilAnswered = (address: BrokerAddress): Promise<void> =>
  probeBroker({ address, clientId: 'kasir-topics', says: [], hears: [], log: quiet, patienceMs: 500, giveUpMs: 2_000 });

async function work(
  admin: Admin,
  wish: Wish,
  desired: readonly DesiredTopic[],
  print: Call['print'],
): Promise<ExitCode> {
  const steps = await planAll(admin, wish, desired);
  print(table(steps));
  const pending = steps.filter(({ kind }) => kind !== 'nothing');
  if (pending.some(({ kind }) => kind === 'refused')) {
    if (wish.verb === 'apply') print('nothing was done, because something is refused');
    return 1;
  }
  if (pending.length === 0) return 0;
  if (wish.verb === 'plan') return 2;
  for (const step of pending) await applyStep(admin, step);
  const left = (await planAll(admin, { ...wish, grow: new Map() }, desired)).filter(({ kind }) => kind !== 'nothing');
  print(left.length === 0 ? 'done' : `the cluster does not show it yet:\n${table(left)}`);
  return left.length === 0 ? 0 : 1;
}

async function planAll(admin: Admin, wish: Wish, desired: readonly DesiredTopic[]): Promise<readonly Step[]> {
  demandTheContracts(wish, desired);
  const { brokers } = await admin.describeCluster();
  const steps: Step[] = [];
  for (const topic of desired) {
    const current = await currentTopic(admin, topic.name);
    const obstacles = wish.grow.has(topic.contract) ? await obstaclesTo(admin, topic, wish.relaysPaused) : undefined;
    steps.push(planStep(topic, current, { brokers: brokers.length, growth: () => obstacles }));
  }
  return steps;
}

/** @throws Error where somebody wants to grow a topic to another number than its contract says */
function demandTheContracts({ grow }: Wish, desired: readonly DesiredTopic[]): void {
  for (const { contract, partitions } of desired)
    if ((grow.get(contract) ?? partitions) !== partitions)
      throw new Error(
        `the contract of ${contract} says ${partitions} partitions, and --grow ${grow.get(contract)}: change the contract first`,
      );
}

async function obstaclesTo(admin: Admin, topic: DesiredTopic, relaysPaused: boolean): Promise<readonly string[]> {
  if (!relaysPaused) return [`follow ${procedure}, and say --relays-paused once they are`];
  return obstaclesToGrowth(admin, topic);
}

function explained(error: unknown, config: TopicsConfig): Error {
  const word = brokersWord(error);
  const user = config.KAFKA_SASL_USERNAME ?? 'us, who are not logged in';
  if (word?.type.endsWith('AUTHORIZATION_FAILED') === true)
    return new Error(
      `Kafka does not allow ${user} to look after topics (${word.type}): give Describe, DescribeConfigs, Create, Alter and AlterConfigs on the topics ${config.TOPIC_PREFIX}*, and Describe on groups`,
    );
  return word === undefined ? (error as Error) : new Error(`Kafka refuses (${word.type}): ${word.message}`);
}
