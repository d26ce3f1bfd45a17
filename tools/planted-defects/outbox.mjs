import { inLib, test } from './runner/places.mjs';

/** Mistakes between a commit and the broker: each would lose, double or reorder something, or block all that follows. */
const messaging = inLib('messaging');

export const defects = [
  {
    name: 'sends-before-the-commit',
    file: messaging('messaging.ts'),
    at: 'createMessaging',
    given: 'const $broker = kafkajsBroker($address);',
    find: 'createOutbox($service, $says)',
    replace: `{
      async say(tx, topic, news) {
        const id = await createOutbox($service).say(tx, topic, news);
        await $broker.producer.sendBatch(
          (await tx.query('select topic, key, headers, body from outbox where event_id = $1', [id])) as never,
        );
        return id;
      },
    }`,
    tests: [test(messaging('messaging.spec.ts'), 'reaches nobody when its transaction fails')],
  },
  {
    name: 'deletes-before-the-acknowledgement',
    file: messaging('outbox/carrier.ts'),
    at: 'Carrier.carry',
    find: 'await this.#send($batch);',
    replace: 'await deleteRows(this.session, $batch.map(({ position }) => position)); $it',
    tests: [
      test(
        messaging('crashes/crashes.spec.ts'),
        ' and there again while it recovers',
        'at relay-before-send and there again',
      ),
    ],
  },
  {
    name: 'never-deletes-what-was-sent',
    file: messaging('outbox/rows.ts'),
    at: 'deleteRows',
    find: /delete from outbox/,
    replace: 'select from outbox',
    tests: [test(messaging('outbox/relay.spec.ts'), 'finishes what is in hand when it stops')],
  },
  {
    name: 'sweeps-without-fencing',
    file: messaging('outbox/shard-locks.ts'),
    at: 'ShardLocks.#take',
    find: /pg_try_advisory_lock\(\$1::integer, shard\)/,
    replace: '$1::integer is not null',
    tests: [test(messaging('outbox/shard-locks.spec.ts'), 'are never owned by two at once')],
  },
  {
    name: 'sends-in-any-order',
    file: messaging('outbox/carrier.ts'),
    at: 'Carrier.carry',
    find: 'firstBatch($rows)',
    replace: `firstBatch(
      $rows.toSorted((one, other) => String(one.headers['ce_id']).localeCompare(String(other.headers['ce_id']))),
    )`,
    tests: [
      test(messaging('outbox/relay.spec.ts'), 'brings events to their topic in the order in which they were said'),
    ],
  },
  {
    name: 'counts-with-holes',
    file: messaging('outbox/outbox.ts'),
    at: 'insert',
    find: /counter\.last \+ excluded\.last/,
    replace: '$it + 1',
    tests: [test(messaging('outbox/outbox.spec.ts'), 'is counted per order without holes')],
  },
  {
    name: 'takes-another-id-every-time',
    file: messaging('events/event-id.ts'),
    at: 'eventId',
    find: 'JSON.stringify([$$$cause])',
    replace: 'JSON.stringify([$$$cause, Math.random()])',
    tests: [test(messaging('events/event-id.spec.ts'), 'is the same whenever the same thing is said again')],
  },
  {
    name: 'tries-for-ever-what-no-broker-takes',
    file: messaging('outbox/carrier.ts'),
    at: 'isPermanent',
    find: '$error.permanent',
    replace: '$it && false',
    tests: [test(messaging('outbox/relay.spec.ts'), 'asks the broker for what it will never take with the others')],
  },
  {
    name: 'has-no-cap-of-bytes',
    file: messaging('outbox/batches.ts'),
    at: 'firstBatch',
    find: '$sum > maxBytes',
    replace: '$sum > Infinity',
    tests: [test(messaging('outbox/batches.spec.ts'), 'is 900,000 bytes at most, headers and keys counted')],
  },
  {
    name: 'believes-in-a-partition-that-has-gone',
    file: messaging('kafkajs/producer.ts'),
    at: 'KafkajsProducer.#demandAll',
    find: 'if ($missing.length > 0) $complain;',
    replace: '',
    tests: [test(messaging('kafkajs/producer.spec.ts'), 'is not taken for sent when its partition has gone')],
  },
];
