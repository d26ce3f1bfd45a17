import { type ReaderName } from '@kasir/contracts';
import { type Messaging } from '@kasir/messaging';
import { createMetrics, snapshotGauges } from '@kasir/platform';
import { type Registry } from 'prom-client';

/** A service's numbers: its process, and how its messages flow. */
export function serviceMetrics(service: ReaderName, messaging: Messaging): Registry {
  const registry = createMetrics(service, { ofProcess: true });
  snapshotGauges(
    registry,
    {
      kasir_outbox_depth: { help: 'events that wait to be published' },
      kasir_outbox_oldest_seconds: { help: 'how long the oldest of them has been waiting' },
      kasir_outbox_dead: { help: 'events that the broker will never take' },
      kasir_dead_letters: { help: 'messages that could not be applied' },
      kasir_dead_letters_oldest_seconds: { help: 'how long the oldest of them has been lying there' },
      kasir_waiting_messages: { help: 'messages that wait behind a dead letter of their order' },
      kasir_broker_silent_seconds: { help: 'how long the broker has owed an answer' },
      kasir_events_applied: { help: 'events applied since the start' },
      kasir_events_repeated: { help: 'events that had been applied before' },
      kasir_sequence_gaps: { help: 'gaps seen in the counters of orders' },
      kasir_unknown_event_types: { help: 'events passed over because their type is not known here' },
      kasir_unknown_fields: { help: 'fields dropped from events because they are not known here' },
      kasir_receipts_pruned: { help: 'receipts forgotten because no topic can bring their message again' },
      kasir_owned_shards: { help: 'shards of the outbox that this instance sends, of 16' },
      kasir_consumer_lag: { help: 'messages not applied yet', labels: ['topic', 'partition'] },
    },
    async () => {
      const stats = await messaging.stats();
      const { outbox, deadLetters, deadLettersOldestMs, waitingMessages, brokerSilentMs, consumers } = stats;
      const sum = (of: (stats: (typeof consumers)[number]) => number) =>
        consumers.reduce((total, stats) => total + of(stats), 0);
      return {
        kasir_outbox_depth: outbox.depth,
        kasir_outbox_oldest_seconds: outbox.oldestMs / 1000,
        kasir_outbox_dead: outbox.dead,
        kasir_dead_letters: deadLetters,
        kasir_dead_letters_oldest_seconds: deadLettersOldestMs / 1000,
        kasir_waiting_messages: waitingMessages,
        kasir_broker_silent_seconds: brokerSilentMs / 1000,
        kasir_events_applied: sum(({ applied }) => applied),
        kasir_events_repeated: sum(({ repeated }) => repeated),
        kasir_sequence_gaps: sum(({ sequenceGaps }) => sequenceGaps),
        kasir_unknown_event_types: sum(({ unknownTypes }) => unknownTypes),
        kasir_unknown_fields: sum(({ unknownFields }) => unknownFields),
        kasir_receipts_pruned: sum(({ receiptsPruned }) => receiptsPruned),
        kasir_owned_shards: stats.ownedShards,
        kasir_consumer_lag: consumers
          .flatMap(({ partitions }) => partitions)
          .map(({ topic, partition, lag }) => ({ labels: { topic, partition }, value: lag })),
      };
    },
  );
  return registry;
}
