import { exhibit } from './runner/places.mjs';

/** Mistakes by which messages were lost, doubled, stuck or unseen elsewhere; each is found by the exhibit that re-creates it. */
const inMessaging = (path) => `libs/messaging/src/${path}`;

export const defects = [
  {
    name: 'takes-every-bug-for-bad-luck',
    file: inMessaging('consumer/faults.ts'),
    find: `    ? 'transient'\n    : 'unexplained';`,
    replace: `    ? 'transient'\n    : 'transient';`,
    tests: [exhibit('stuck-readers', 'G1 nestjs/nest#14664')],
  },
  {
    name: 'never-counts-its-tries',
    file: inMessaging('consumer/applying.ts'),
    find: `if (fault === 'unexplained') unexplained += 1;`,
    replace: `if (fault === 'unexplained') unexplained += 0;`,
    tests: [exhibit('stuck-readers', 'G2 nestjs/docs.nestjs.com#3308')],
  },
  {
    name: 'outlives-its-consumer',
    file: inMessaging('kafkajs/consumer.ts'),
    find: '      listener.onFatal(error);\n',
    replace: '      void listener;\n',
    tests: [exhibit('stuck-readers', 'G3 tulios/kafkajs#1441')],
  },
  {
    name: 'says-that-it-stands-still-and-stays-so',
    file: inMessaging('consumer/consumer.ts'),
    find: 'if (forgotten.length > 0 && joinedFor >= this.parts.stuckMs',
    replace: 'if (forgotten.length > Infinity && joinedFor >= this.parts.stuckMs',
    tests: [exhibit('stuck-readers', 'G4 confluentinc/confluent-kafka-javascript#476')],
  },
  {
    name: 'lets-all-partitions-wait-for-one',
    file: inMessaging('messaging.ts'),
    find: 'concurrency = 6 } = options',
    replace: 'concurrency = 1 } = options',
    tests: [exhibit('stuck-readers', 'G5 tulios/kafkajs#659')],
  },
  {
    name: 'commits-past-what-failed',
    file: inMessaging('consumer/partition-queue.ts'),
    find: 'const last = records[count - 1];',
    replace: 'const last = count >= 0 ? records.at(-1) : undefined;',
    tests: [exhibit('stuck-readers', 'G6 Convoy')],
  },
  {
    name: 'reads-on-from-the-highest-position',
    file: inMessaging('outbox/rows.ts'),
    find: '    [shards, limit],\n  );\n',
    replace: `    [shards, limit],
  ).then((rows) => {
    const later = rows.filter(({ position }) => Number(position) > cursor);
    cursor = Math.max(cursor, ...later.map(({ position }) => Number(position)));
    return later;
  });
let cursor = 0;
`,
    tests: [exhibit('outboxes', 'H1 eugene-khyst/postgresql-event-sourcing#2')],
  },
  {
    name: 'sends-in-the-order-of-transactions',
    file: inMessaging('outbox/rows.ts'),
    find: 'select position, topic, key, headers, body from outbox\n       where outbox.shard = mine.shard order by position limit $2\n     ) as oldest\n     order by position',
    replace:
      'select position, topic, key, headers, body, xmin::text::bigint as writer from outbox\n       where outbox.shard = mine.shard order by writer, position limit $2\n     ) as oldest\n     order by writer, position',
    tests: [exhibit('outboxes', 'H2 eugene-khyst/postgresql-event-sourcing#16')],
  },
  {
    name: 'sends-in-the-order-of-the-clock',
    file: inMessaging('outbox/rows.ts'),
    find: 'select position, topic, key, headers, body from outbox\n       where outbox.shard = mine.shard order by position limit $2\n     ) as oldest\n     order by position',
    replace:
      'select position, topic, key, headers, body, said_at from outbox\n       where outbox.shard = mine.shard order by said_at limit $2\n     ) as oldest\n     order by said_at',
    tests: [exhibit('outboxes', 'H3 many outboxes')],
  },
  {
    name: 'sends-nothing-before-it-is-told',
    file: inMessaging('outbox/relay.ts'),
    find: '    let [balanceAt, lookAt] = [0, 0];',
    replace: '    await this.#bell.wait(3_600_000);\n    let [balanceAt, lookAt] = [0, 0];',
    tests: [exhibit('outboxes', 'H4 dotnet-architecture/eShopOnContainers#279')],
  },
  {
    name: 'deletes-what-the-broker-did-not-take',
    file: inMessaging('outbox/carrier.ts'),
    find: '      if (!isPermanent(error)) throw error;\n      return this.#carryOneByOne(batch);\n',
    replace: '      if (isPermanent(error)) return this.#carryOneByOne(batch);\n',
    tests: [exhibit('outboxes', 'H5 medusajs/medusa#6016')],
  },
  {
    name: 'buries-what-waits-for-the-broker',
    file: inMessaging('outbox/carrier.ts'),
    find: 'error instanceof BrokerFailure && error.permanent;',
    replace: 'error instanceof BrokerFailure;',
    tests: [exhibit('outboxes', 'H6 fullstackhero/dotnet-starter-kit#1336')],
  },
  {
    name: 'keeps-receipts-for-ever',
    file: inMessaging('consumer/pruning.ts'),
    find: `if (retention === 'for ever') continue;`,
    replace: `if (retention === 'for ever' || retention.days > 0) continue;`,
    tests: [exhibit('outboxes', 'H7 eventuate-tram/eventuate-tram-core#46')],
  },
  {
    name: 'is-ready-without-a-broker',
    file: 'libs/service/src/watch-health.ts',
    find: 'if (silent >= silentMs)',
    replace: 'if (silent >= Infinity)',
    tests: [exhibit('broker-away', 'I1 Vexa-ai/vexa#520')],
  },
  {
    name: 'calls-a-broker-that-is-away-without-a-pause-and-cries-each-time',
    file: inMessaging('kafkajs/broker.ts'),
    find: 'const asking = new Kafka({ ...config, retry: impatient });',
    replace: `const asking = new Kafka({
    ...config,
    logCreator: () => (entry) => log.warn({}, entry.log.message),
    retry: { initialRetryTime: 1, maxRetryTime: 1, retries: 30 },
  });`,
    tests: [exhibit('broker-away', 'I2 the-momentum/open-wearables#1188')],
  },
  {
    name: 'dies-of-a-broker-that-went-away',
    file: inMessaging('kafkajs/consumer.ts'),
    find: 'if (restart) return this.#joinAnew();',
    replace: 'if (restart && error.name === undefined) return this.#joinAnew();',
    tests: [exhibit('broker-away', 'I3 svix/svix-webhooks#1844')],
  },
  {
    name: 'lets-all-instances-migrate-at-once',
    file: 'libs/service/src/run-migrations.ts',
    find: `'select pg_advisory_lock($1)'`,
    replace: `'select $1::integer'`,
    tests: [exhibit('unseen', 'M1 typeorm/typeorm#4588')],
  },
  {
    name: 'gives-the-same-news-another-id',
    file: inMessaging('outbox/outbox.ts'),
    find: 'identity: news.identity });',
    replace: 'identity: news.identity + crypto.randomUUID() });',
    tests: [exhibit('unseen', 'N1 saleor/apps#339')],
  },
  {
    name: 'takes-a-known-receipt-for-a-new-one',
    file: inMessaging('consumer/inbox.ts'),
    find: '    on conflict do nothing\n',
    replace: '    on conflict (consumer, event_id) do update set received_at = excluded.received_at\n',
    tests: [exhibit('unseen', 'N2 KanishJebaMathewM/Truxify#5780')],
  },
  {
    name: 'loses-the-trace-in-the-outbox',
    file: inMessaging('outbox/outbox.ts'),
    find: '...(news.causedBy?.traceparent === undefined ? {} : { traceparent: news.causedBy.traceparent }),',
    replace: '',
    tests: [exhibit('unseen', 'O1 open-telemetry/opentelemetry-java-instrumentation#4854')],
  },
  {
    name: 'begins-another-trace-with-each-event',
    file: 'libs/service/src/logged.ts',
    find: 'childTraceparent(event.traceparent)',
    replace: 'childTraceparent(undefined)',
    tests: [exhibit('unseen', 'O1 open-telemetry/opentelemetry-java-instrumentation#4854')],
  },
  {
    name: 'hides-the-errors-of-handlers',
    file: 'libs/messaging-nest/src/kafka-strategy.ts',
    find: '.catch(demandOriginal);',
    replace: '.catch(() => undefined);',
    tests: [exhibit('stuck-readers', 'G1 nestjs/nest#14664')],
  },
  {
    name: 'keeps-of-a-dead-letter-what-it-understood',
    file: inMessaging('consumer/records.ts'),
    find: '  record.value,\n];',
    replace: '  record.value && Buffer.from(JSON.stringify(JSON.parse(record.value.toString()))),\n];',
    tests: [exhibit('unseen', 'Convoy: a converted payload')],
  },
  {
    name: 'shows-nobody-what-waits',
    file: 'libs/service/src/metrics.ts',
    find: 'kasir_waiting_messages: waitingMessages,',
    replace: 'kasir_waiting_messages: 0 * waitingMessages,',
    tests: [exhibit('unseen', 'Convoy: the numbers that warn')],
  },
];
