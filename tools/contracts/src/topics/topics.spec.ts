import { type TopicContract } from '@kasir/contracts';
import kafkajs from 'kafkajs';
import {
  freshPrefix,
  kafkaOf,
  letters,
  parcels,
  testBrokers,
  topicsCommand,
  untilLed,
  withAdmin,
} from './lab.specs.js';

const { ConfigResourceTypes } = kafkajs;

describe('the topics of a cluster', () => {
  let prefix: string;
  const run = (words: string, ...topics: TopicContract[]) =>
    topicsCommand(words, topics, { KAFKA_BROKERS: testBrokers().join(), TOPIC_PREFIX: prefix });
  const settingsOf = (topic: string) =>
    withAdmin(async (admin) => {
      const resources = [{ type: ConfigResourceTypes.TOPIC, name: prefix + topic }];
      const { resources: found } = await admin.describeConfigs({ includeSynonyms: false, resources });
      return Object.fromEntries(
        found[0]!.configEntries.map(({ configName, configValue }) => [configName, configValue]),
      );
    });
  const partitionsOf = (topic: string) =>
    withAdmin(async (admin) => {
      const { topics } = await admin.fetchTopicMetadata({ topics: [prefix + topic] });
      return topics[0]!.partitions.length;
    });
  beforeEach(() => {
    prefix = freshPrefix();
  });

  it('are planned, made, and then as they should be', async () => {
    const planned = await run('plan', parcels, letters);
    expect(planned.code).toBe(2);
    expect(planned.printed).toContain(`${prefix}parcels.v1  create   2 partitions, replication factor 1`);
    expect((await run('plan', parcels, letters)).code).toBe(2);

    expect((await run('apply', parcels, letters)).code).toBe(0);
    expect(await settingsOf('letters.v1')).toMatchObject({
      'cleanup.policy': 'delete',
      'retention.ms': '1209600000',
      'retention.bytes': '-1',
      'min.insync.replicas': '1',
    });
    const again = await run('plan', parcels, letters);
    expect(again).toMatchObject({ code: 0, printed: expect.stringContaining('2 as it should be') });
  });

  it('get settings that lose nothing, and keep what others have set', async () => {
    await withAdmin(async (admin) => {
      await admin.createTopics({
        // Its own waiting gives up on a topic that has not reached the broker's metadata yet.
        waitForLeaders: false,
        topics: [
          {
            topic: `${prefix}parcels.v1`,
            numPartitions: 2,
            configEntries: [
              { name: 'retention.ms', value: '60000000' },
              { name: 'max.message.bytes', value: '2000000' },
            ],
          },
        ],
      });
      await untilLed(admin, `${prefix}parcels.v1`);
    });
    expect((await run('plan', parcels)).printed).toContain('retention.ms 60000000 → -1');
    expect(await run('apply', parcels)).toMatchObject({ code: 0, printed: expect.stringMatching(/done$/) });
    expect(await settingsOf('parcels.v1')).toMatchObject({ 'retention.ms': '-1', 'max.message.bytes': '2000000' });
  });

  it('do not change at all where one of them would lose something', async () => {
    await run('apply', parcels);
    const brief: TopicContract = { ...parcels, retention: { days: 1 } };
    const refused = await run('apply', brief, letters);
    expect(refused.code).toBe(1);
    expect(refused.printed).toContain('keeps messages for ever, and would keep them for 1 days');
    expect(refused.printed).toContain('nothing was done, because something is refused');
    expect(await settingsOf('parcels.v1')).toMatchObject({ 'retention.ms': '-1' });
    expect(await withAdmin((admin) => admin.listTopics())).not.toContain(`${prefix}letters.v1`);
  });

  it('never shrink', async () => {
    await run('apply', parcels);
    const refused = await run('apply', { ...parcels, partitions: 1 });
    expect(refused).toMatchObject({
      code: 1,
      printed: expect.stringContaining('has 2 partitions, its contract says 1'),
    });
  });

  it('do not change their copies silently', async () => {
    await run('apply', parcels);
    const { code, printed } = await topicsCommand('apply', [parcels], {
      KAFKA_BROKERS: testBrokers().join(),
      TOPIC_PREFIX: prefix,
      REPLICATION_FACTOR: '2',
    });
    expect(code).toBe(1);
    expect(printed).toContain('has 1 copies, 2 are wanted: set REPLICATION_FACTOR=1, or move replicas first');
  });

  describe('grow', () => {
    const grown: TopicContract = { ...parcels, partitions: 4 };
    beforeEach(() => run('apply', parcels));

    /** As a reader that has handled so many messages of each partition. */
    async function commit(offsets: readonly string[], group = 'gateway'): Promise<void> {
      const reader = kafkaOf(testBrokers()).consumer({ groupId: prefix + group, maxWaitTimeInMs: 50 });
      const topic = `${prefix}parcels.v1`;
      const joined = new Promise((resolve) => reader.on(reader.events.GROUP_JOIN, resolve));
      await reader.subscribe({ topic, fromBeginning: true });
      await reader.run({ autoCommit: false, eachBatch: () => Promise.resolve() });
      await joined;
      await reader.commitOffsets(offsets.map((offset, partition) => ({ topic, partition, offset })));
      await reader.disconnect();
    }
    async function write(times: number): Promise<void> {
      const producer = kafkaOf(testBrokers()).producer();
      await producer.connect();
      const messages = Array.from({ length: times }, () => ({ partition: 0, value: 'parcel' }));
      await producer.send({ topic: `${prefix}parcels.v1`, messages });
      await producer.disconnect();
    }

    it('only by the procedure', async () => {
      expect((await run('apply', grown)).printed).toContain('follow docs/runbook/grow-a-topic.md');
      expect((await run('apply --grow parcels.v1=4', grown)).printed).toContain('say --relays-paused once they are');
      for (const contract of [grown, parcels])
        expect(await run('apply --grow parcels.v1=8 --relays-paused', contract)).toEqual({
          code: 1,
          printed: `topics: the contract of parcels.v1 says ${contract.partitions} partitions, and --grow 8: change the contract first`,
        });
      expect(await partitionsOf('parcels.v1')).toBe(2);
    });

    it('only when every group has read everything', async () => {
      await write(3);
      const unread = await run('apply --grow parcels.v1=4 --relays-paused', grown);
      expect(unread.code).toBe(1);
      expect(unread.printed).toContain(`the group ${prefix}gateway has 3 messages to read`);

      await commit(['3', '0']);
      await commit(['1', '0'], 'auditor');
      const behind = await run('apply --grow parcels.v1=4 --relays-paused', grown);
      expect(behind.printed).toContain(`the group ${prefix}auditor has 2 messages to read`);
      expect(behind.printed).not.toContain(`${prefix}gateway has`);

      await commit(['3', '0'], 'auditor');
      expect((await run('plan --grow parcels.v1=4 --relays-paused', grown)).code).toBe(2);
      expect((await run('apply --grow parcels.v1=4 --relays-paused', grown)).code).toBe(0);
      expect(await partitionsOf('parcels.v1')).toBe(4);
      expect((await run('plan', grown)).code).toBe(0);
    });

    it('only when nobody writes any more', async () => {
      let writing = true;
      const producer = kafkaOf(testBrokers()).producer();
      await producer.connect();
      const messages = [{ partition: 0, value: 'parcel' }];
      const writer = (async () => {
        while (writing) await producer.send({ topic: `${prefix}parcels.v1`, messages });
      })();
      const { printed } = await run('apply --grow parcels.v1=4 --relays-paused', grown);
      writing = false;
      await writer;
      await producer.disconnect();
      expect(printed).toContain('somebody still writes to it: pause the relays of its producer');
    });
  });
});

describe('a call that cannot work', () => {
  const brokers = testBrokers().join();

  it.each([
    ['without a verb', '', {}, 'topics: say plan or apply: npm run topics -- plan|apply'],
    ['with an unknown word', 'plan --force', {}, 'topics: --force is unknown: npm run topics --'],
    [
      'with a topic nobody knows',
      'apply --grow orders=3',
      {},
      'topics: --grow needs a topic and a number, such as --grow p',
    ],
    [
      'without brokers',
      'plan',
      { KAFKA_BROKERS: '' },
      'topics cannot start: KAFKA_BROKERS is missing: the Kafka brokers',
    ],
    [
      'with brokers that are not there',
      'plan',
      { KAFKA_BROKERS: '127.0.0.1:1' },
      'topics: Kafka at 127.0.0.1:1 does not answer (ECONNREFUSED): start it, or mend KAFKA_BROKERS',
    ],
    [
      'with a login where none is wanted',
      'plan',
      { KAFKA_SASL_MECHANISM: 'PLAIN', KAFKA_SASL_USERNAME: 'admin', KAFKA_SASL_PASSWORD: 'geheim' },
      `topics: Kafka at ${brokers.split(',')[0]} wants no login at this port`,
    ],
  ])('%s says so in one line and exits with 1', async (_, words, env, expected) => {
    const { code, printed } = await topicsCommand(words, [parcels], { KAFKA_BROKERS: brokers, ...env });
    expect(code).toBe(1);
    expect(printed).toContain(expected);
    expect(printed).not.toMatch(/\n|geheim/);
  });
});
