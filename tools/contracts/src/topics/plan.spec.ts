import { defineEvent, defineTopic, type TopicContract } from '@kasir/contracts';
import { z } from 'zod';
import { type Circumstances, planStep } from './plan.js';
import { readSettings } from './settings.js';
import { table } from './table.js';
import { type CurrentTopic, desiredTopics } from './topic-state.js';

const parcels: TopicContract = {
  ...defineTopic({
    name: 'parcels.v1',
    producer: 'order',
    readers: ['gateway'],
    retention: 'for ever',
    events: [defineEvent('ParcelSent', z.object({ orderId: z.string() }))],
  }),
  partitions: 6,
};
const environment = { TOPIC_PREFIX: 'shop.', REPLICATION_FACTOR: 3, MIN_ISR: 2 };
const desiredOf = (contract: TopicContract) => desiredTopics([contract], environment)[0]!;
const desired = desiredOf(parcels);

const asDesired: CurrentTopic = { ...desired, own: desired.config };
const set = (settings: Record<string, string>): CurrentTopic => {
  const config = { ...desired.config, ...settings };
  return { ...asDesired, config, own: config };
};
const calm: Circumstances = { brokers: 3, growth: () => undefined };
const plan = (current: CurrentTopic | undefined, contract = parcels, around = calm) => {
  const { kind, details } = planStep(desiredOf(contract), current, around);
  return [kind, ...details];
};

describe('the plan for a topic', () => {
  it('is to create it as its contract says, safe against the loss of a broker', () => {
    expect(plan(undefined)).toEqual([
      'create',
      '6 partitions, replication factor 3',
      'cleanup.policy=delete',
      'retention.ms=-1',
      'retention.bytes=-1',
      'min.insync.replicas=2',
      'unclean.leader.election.enable=false',
    ]);
  });

  it('is nothing, where it is as its contract says', () => {
    expect(plan(asDesired)).toEqual(['nothing']);
  });

  it('is to change settings that lose nothing', () => {
    expect(plan(set({ 'retention.ms': '604800000', 'min.insync.replicas': '1' }))).toEqual([
      'change',
      'retention.ms 604800000 → -1',
      'min.insync.replicas 1 → 2',
    ]);
  });

  it('is to write down what only the defaults of the cluster make right', () => {
    const { 'retention.bytes': _, ...own } = desired.config;
    expect(plan({ ...asDesired, own })).toEqual(['change', "retention.bytes=-1 (now -1, by the cluster's default)"]);
  });

  it('is to stop compaction, which only keeps more', () => {
    expect(plan(set({ 'cleanup.policy': 'compact' }))).toEqual(['change', 'cleanup.policy compact → delete']);
  });
});

describe('the plan for a topic is refused', () => {
  const brief = { ...parcels, retention: { days: 14 } };

  it('when the cluster is too small for the copies', () => {
    expect(plan(undefined, parcels, { ...calm, brokers: 1 })).toEqual([
      'refused',
      'the cluster has 1 broker, too few for 3 copies: set REPLICATION_FACTOR and MIN_ISR',
    ]);
  });

  it.each([
    ['for ever', set({}), 'keeps messages for ever, and would keep them for 14 days: what is older would be deleted'],
    [
      'for longer',
      set({ 'retention.ms': '2592000000' }),
      'keeps messages for 30 days, and would keep them for 14 days',
    ],
    [
      'without an end, because it is compacted',
      set({ 'cleanup.policy': 'compact', 'retention.ms': '1' }),
      'keeps messages for ever',
    ],
  ])('when messages are kept %s now', (_, current, expected) => {
    const [kind, detail] = plan(current, brief);
    expect(kind).toBe('refused');
    expect(detail).toContain(expected);
    expect(detail).toContain('by hand with kafka-configs.sh');
  });

  it('when messages would be compacted away', () => {
    const compacted = { ...desired, config: { ...desired.config, 'cleanup.policy': 'compact' } };
    const { kind, details } = planStep(compacted, asDesired, calm);
    expect([kind, ...details].join()).toContain('refused,compaction would delete all but the last message of each key');
  });

  it('when it has another number of copies, which no setting changes', () => {
    expect(plan({ ...asDesired, replicationFactor: 1 }).join()).toMatch(
      /^refused,has 1 copies, 3 are wanted: set REPL/,
    );
  });

  it('when it has more partitions than its contract says', () => {
    expect(plan({ ...asDesired, partitions: 12 }).join()).toMatch(
      /^refused,has 12 partitions, its contract says 6: part/,
    );
  });

  it('when it has fewer, and nobody follows the procedure', () => {
    expect(plan({ ...asDesired, partitions: 3 }).join()).toContain(
      'more partitions break the order of each key; follow docs/runbook/grow-a-topic.md, then --grow parcels.v1=6 --relays-paused',
    );
  });

  it('with every reason at once', () => {
    expect(plan({ ...asDesired, partitions: 12, replicationFactor: 1 }, brief)).toHaveLength(1 + 3);
  });
});

describe('a deployment that says TOPIC_PARTITIONS', () => {
  it('gives every topic that many partitions, whatever its contract says', () => {
    const desired = desiredTopics([parcels, parcels], { ...environment, TOPIC_PARTITIONS: 24 });
    expect(desired.map(({ partitions }) => partitions)).toEqual([24, 24]);
  });

  it('is told what such a number looks like', () => {
    expect(() => readSettings({ KAFKA_BROKERS: 'kafka:9092', TOPIC_PARTITIONS: 'many' })).toThrow(
      'TOPIC_PARTITIONS must be a number from 1 to 999',
    );
  });
});

describe('a topic with fewer partitions than its contract says', () => {
  const few = { ...asDesired, partitions: 3 };

  it('grows where the procedure was followed', () => {
    expect(plan(few, parcels, { ...calm, growth: () => [] })).toEqual(['grow', 'partitions 3 → 6']);
  });

  it('does not grow where something stands against it', () => {
    expect(plan(few, parcels, { ...calm, growth: () => ['the group gateway has 3 messages to read'] })).toEqual([
      'refused',
      'the group gateway has 3 messages to read',
    ]);
  });
});

describe('the settings of a cluster', () => {
  it('ask for three copies unless the environment says otherwise', () => {
    expect(readSettings({ KAFKA_BROKERS: 'kafka:9092' })).toMatchObject({ REPLICATION_FACTOR: 3, MIN_ISR: 2 });
  });

  it('are refused where no message could ever be taken', () => {
    expect(() => readSettings({ KAFKA_BROKERS: 'kafka:9092', REPLICATION_FACTOR: '1' })).toThrow(
      'topics cannot start: MIN_ISR=2 is more than REPLICATION_FACTOR=1: no message would be taken',
    );
  });
});

describe('the table of a plan', () => {
  it('names each topic once and sums up', () => {
    const steps = [planStep(desired, asDesired, calm), planStep(desired, { ...asDesired, partitions: 12 }, calm)];
    expect(table(steps).split('\n')).toEqual([
      'TOPIC            PLAN     WHAT',
      'shop.parcels.v1  nothing',
      expect.stringMatching(/^shop.parcels.v1 {2}refused {2}has 12 partitions/),
      '',
      '1 refused, 1 as it should be',
    ]);
  });
});
