import { setTimeout as pause } from 'node:timers/promises';
import kafkajs, { type Admin } from 'kafkajs';
import { isReady } from './cluster.js';
import { changedSettings, type Step } from './plan.js';
import { type CurrentTopic, type DesiredTopic } from './topic-state.js';

const settleMs = 20_000;

/** Does what a step says, and returns when every partition can be written to. */
export async function applyStep(admin: Admin, { topic, current, kind }: Step): Promise<void> {
  if (kind === 'nothing' || kind === 'refused') return;
  if (current === undefined) await create(admin, topic);
  else {
    if (changedSettings(topic, current).length > 0) await writeSettings(admin, topic, current);
    if (kind === 'grow')
      await admin.createPartitions({ topicPartitions: [{ topic: topic.name, count: topic.partitions }] });
  }
  await untilReady(admin, topic);
}

const create = async (admin: Admin, { name, partitions, replicationFactor, config }: DesiredTopic): Promise<void> => {
  const configEntries = Object.entries(config).map(([setting, value]) => ({ name: setting, value }));
  await admin.createTopics({
    waitForLeaders: false,
    topics: [{ topic: name, numPartitions: partitions, replicationFactor, configEntries }],
  });
};

/** This request of Kafka replaces all that is set on a topic, so what others have set goes with it. */
async function writeSettings(admin: Admin, { name, config }: DesiredTopic, { own }: CurrentTopic): Promise<void> {
  const configEntries = Object.entries({ ...own, ...config }).map(([setting, value]) => ({ name: setting, value }));
  const resource = { type: kafkajs.ConfigResourceTypes.TOPIC, name, configEntries };
  await admin.alterConfigs({ validateOnly: false, resources: [resource] });
}

async function untilReady(admin: Admin, { name, partitions }: DesiredTopic): Promise<void> {
  const deadline = performance.now() + settleMs;
  while (!(await isReady(admin, name, partitions))) {
    if (performance.now() > deadline) throw new Error(`${name} has partitions without a leader after ${settleMs} ms`);
    await pause(100);
  }
}
