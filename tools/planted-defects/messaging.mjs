/** Mistakes between two commits: each would lose, double or turn round something, or stand in everybody's way. */
const inMessaging = (path) => `libs/messaging/src/${path}`;
const test = (spec, name, title = name) => ({ spec: inMessaging(spec), name, title });

export const defects = [
  {
    name: 'sends-before-the-commit',
    file: inMessaging('messaging.ts'),
    find: '    outbox: createOutbox(service, options.says),',
    replace: `    outbox: {
      async say(tx, topic, news) {
        const id = await createOutbox(service).say(tx, topic, news);
        await broker.producer.sendBatch(
          (await tx.query('select topic, key, headers, body from outbox where event_id = $1', [id])) as never,
        );
        return id;
      },
    },`,
    tests: [test('messaging.spec.ts', 'reaches nobody when its transaction fails')],
  },
  {
    name: 'deletes-before-the-acknowledgement',
    file: inMessaging('outbox/carrier.ts'),
    find: '    await this.#send(batch).catch(',
    replace: '    await deleteRows(this.session, batch);\n    await this.#send(batch).catch(',
    tests: [
      test('crashes/crashes.spec.ts', ' and there again while it recovers', 'at relay-before-send and there again'),
    ],
  },
  {
    name: 'never-deletes-what-was-sent',
    file: inMessaging('outbox/rows.ts'),
    find: 'delete from outbox where position = any($1::bigint[])',
    replace: 'select from outbox where position = any($1::bigint[])',
    tests: [test('outbox/relay.spec.ts', 'finishes what is in hand when it stops')],
  },
  {
    name: 'sweeps-without-fencing',
    file: inMessaging('outbox/shard-locks.ts'),
    find: 'where pg_try_advisory_lock($1::integer, shard)',
    replace: 'where $1::integer is not null',
    tests: [test('outbox/shard-locks.spec.ts', 'are never owned by two at once')],
  },
  {
    name: 'sends-in-any-order',
    file: inMessaging('outbox/rows.ts'),
    find: 'where outbox.shard = mine.shard order by position limit $2\n     ) as oldest\n     order by position',
    replace: 'where outbox.shard = mine.shard order by event_id limit $2\n     ) as oldest\n     order by key',
    tests: [test('outbox/relay.spec.ts', 'brings events to their topic in the order in which they were said')],
  },
  {
    name: 'counts-with-holes',
    file: inMessaging('outbox/outbox.ts'),
    find: 'set last = counter.last + excluded.last',
    replace: 'set last = counter.last + excluded.last + 1',
    tests: [test('outbox/outbox.spec.ts', 'is counted per order without holes')],
  },
  {
    name: 'takes-another-id-every-time',
    file: inMessaging('events/event-id.ts'),
    find: '.update(JSON.stringify([source, type, identity]))',
    replace: '.update(JSON.stringify([source, type, identity, Math.random()]))',
    tests: [test('events/event-id.spec.ts', 'is the same whenever the same thing is said again')],
  },
  {
    name: 'tries-for-ever-what-no-broker-takes',
    file: inMessaging('outbox/carrier.ts'),
    find: 'error instanceof BrokerFailure && error.permanent;',
    replace: 'error instanceof BrokerFailure && error.permanent && false;',
    tests: [test('outbox/relay.spec.ts', 'asks the broker for what it will never take with the others')],
  },
  {
    name: 'has-no-cap-of-bytes',
    file: inMessaging('outbox/batches.ts'),
    find: '(bytes += sizeOf(row)) > maxBytes',
    replace: '(bytes += sizeOf(row)) > Infinity',
    tests: [test('outbox/batches.spec.ts', 'is 900,000 bytes at most, headers and keys counted')],
  },
  {
    name: 'believes-in-a-partition-that-has-gone',
    file: inMessaging('kafkajs/producer.ts'),
    find: 'if (missing.length > 0)',
    replace: 'if (missing.length > 0 && acknowledged.length < 0)',
    tests: [test('kafkajs/producer.spec.ts', 'is not taken for sent when its partition has gone')],
  },
  {
    name: 'commits-the-offset-before-the-transaction',
    file: inMessaging('consumer/partition-queue.ts'),
    find: '      const count = await this.parts.work(records, this.#patience.signal);\n      const last = records[count - 1];\n      if (last !== undefined && generation === this.#generation) this.parts.done(last);',
    replace:
      '      const last = records.at(-1);\n      if (last !== undefined && generation === this.#generation) this.parts.done(last);\n      await this.parts.work(records, this.#patience.signal);',
    tests: [
      test('consumer/consumer.spec.ts', 'commits no offset before the database has committed'),
      test(
        'consumer/partition-queue.spec.ts',
        'are done only as far as they were applied before the rest was given up',
      ),
    ],
  },
  {
    name: 'checks-no-epoch-when-work-is-done',
    file: inMessaging('consumer/partition-queue.ts'),
    find: 'if (last !== undefined && generation === this.#generation)',
    replace: 'if (last !== undefined && generation >= 0)',
    tests: [
      test(
        'consumer/partition-queue.spec.ts',
        'are not reported as done when the partition may be somebody else’s by then',
      ),
    ],
  },
  {
    name: 'checks-no-epoch-when-a-commit-is-repeated',
    file: inMessaging('consumer/committer.ts'),
    find: 'if (generation !== this.#generation) return;',
    replace: 'if (generation < 0) return;',
    tests: [test('consumer/committer.spec.ts', 'is not said any more when the partition may be somebody else’s')],
  },
  {
    name: 'keeps-its-receipts-outside-the-transaction',
    file: inMessaging('consumer/chunk.ts'),
    find: 'await claim(context.tx, claimant, events, at);',
    replace: `await claim(
    { query: async (sql, params) => {
      const rows = await context.tx.query<never>(sql, params);
      await context.tx.query('commit');
      await context.tx.query('begin');
      return rows;
    } },
    claimant,
    events,
    at,
  );`,
    tests: [test('consumer/chunk.spec.ts', 'lose nothing by the one that is refused')],
  },
  {
    name: 'folds-no-duplicates-inside-a-chunk',
    file: inMessaging('consumer/chunk.ts'),
    find: 'free.filter(({ id }) => fresh.delete(id))',
    replace: 'free.filter(({ id }) => fresh.has(id))',
    tests: [
      test('consumer/chunk.spec.ts', 'are folded where they are the same'),
      test('consumer/consumer.spec.ts', 'applies the same message once, however often it comes'),
    ],
  },
  {
    name: 'buries-the-neighbours-of-a-bad-message',
    file: inMessaging('consumer/applying.ts'),
    find: '      if (signal.aborted) return 0;\n      const middle',
    replace: `      if (fault !== 'transient') {
        for (const { record } of heard) await this.#bury(record, subscription, reasonOf(error), 1, signal);
        return items.length;
      }
      if (signal.aborted) return 0;
      const middle`,
    tests: [test('consumer/chunk.spec.ts', 'lose nothing by the one that is refused')],
  },
  {
    name: 'lets-messages-pass-a-dead-letter-of-their-key',
    file: inMessaging('consumer/inbox.ts'),
    find: 'where $4 and holds and consumer',
    replace: 'where $4 and not holds and consumer',
    tests: [test('operator/desk.spec.ts', 'is waited for by what comes later of its key, and by nobody else')],
  },
  {
    name: 'releases-what-waited-in-another-order',
    file: inMessaging('consumer/waiting-messages.ts'),
    find: 'order by id limit 1',
    replace: 'order by id desc limit 1',
    tests: [
      test(
        'operator/desk.spec.ts',
        'is applied by a redrive, then all that waited in the order of arrival, and the key is free',
      ),
    ],
  },
  {
    name: 'takes-a-deadlock-for-a-bug',
    file: inMessaging('consumer/faults.ts'),
    find: "new Set(['08', '28', '40', '53', '57', '58'])",
    replace: "new Set(['08', '28', '53', '57', '58'])",
    tests: [test('consumer/faults.spec.ts', 'a deadlock', 'is transient: a deadlock')],
  },
  {
    name: 'believes-whoever-says-it',
    file: inMessaging('events/reading.ts'),
    find: 'demand(source === topic.producer,',
    replace: "demand(source !== '',",
    tests: [
      test('consumer/consumer.spec.ts', 'keeps every message that nobody can read with its reason, and takes the next'),
    ],
  },
  {
    name: 'restarts-nobody-who-stands-still',
    file: inMessaging('consumer/watchdog.ts'),
    find: '>= this.stuckMs',
    replace: '>= Infinity',
    tests: [test('consumer/watchdog.spec.ts', 'when messages wait and nothing moved for half a minute')],
  },
  {
    name: 'forgets-receipts-while-messages-may-come-again',
    file: inMessaging('consumer/pruning.ts'),
    find: '2 * retention.days * dayMs',
    replace: 'retention.days * dayMs',
    tests: [test('consumer/pruning.spec.ts', 'are forgotten when their topic has long forgotten the messages')],
  },
  {
    name: 'starts-although-it-is-to-say-what-is-anothers',
    file: inMessaging('messaging.ts'),
    find: '  checkSaid(service, options.says ?? []);\n',
    replace: '  checkSaid(service, []);\n',
    tests: [test('messaging.spec.ts', 'keeps a service from starting that is to say what a contract gives to another')],
  },
  {
    name: 'crashes-on-demand-in-production',
    file: inMessaging('crash-points.ts'),
    find: "env['NODE_ENV'] === 'production'",
    replace: "env['NODE_ENV'] === 'never'",
    tests: [test('crash-points.spec.ts', 'is refused in production with one line that says what to do')],
  },
  {
    name: 'looks-once-whether-a-key-is-held',
    file: inMessaging('consumer/inbox.ts'),
    find: 'open = open.filter(({ subject }) => decided.has(subject) && !held.has(subject));',
    replace: 'open = open.filter(({ subject }) => decided.has(subject) && open.length === 0);',
    tests: [
      test(
        'operator/desk.spec.ts',
        'lets nothing %s pass the one that took its place while the redrive was under way',
        'lets nothing that can be applied pass the one that took its place',
      ),
    ],
  },
];
