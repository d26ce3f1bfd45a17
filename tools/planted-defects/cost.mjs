import { inLib, test } from './runner/places.mjs';

/** Mistakes in what saves work: each would skip something that has to be done, or do it where it must not be done. */
const messaging = inLib('messaging');
const service = inLib('service');

export const defects = [
  {
    name: 'wakes-no-relay-after-publishing',
    file: messaging('outbox/outbox.ts'),
    at: 'publishedIn',
    find: 'writers.has($tx)',
    replace: 'false',
    tests: [test(messaging('messaging.spec.ts'), 'wakes the relay after the commit of a transaction that published')],
  },
  {
    name: 'keeps-what-a-look-should-delete',
    file: messaging('outbox/rows.ts'),
    at: 'waiting',
    find: /with deleted as \(delete from outbox/,
    replace: 'with deleted as (select from outbox',
    tests: [
      test(
        messaging('outbox/rows.spec.ts'),
        'deletes what the broker has acknowledged, and reads what waits behind it',
      ),
    ],
  },
  {
    name: 'passes-over-types-that-are-handled',
    file: messaging('consumer/subscription.ts'),
    at: 'isUnhandled',
    find: '$handles.includes($type)',
    replace: 'false',
    tests: [test(messaging('consumer/subscription.spec.ts'), 'takes the types that it declares')],
  },
  {
    name: 'counts-a-gap-where-a-type-is-not-handled',
    file: messaging('consumer/sequence-watch.ts'),
    at: 'SequenceWatch.observeHeaders',
    find: 'if ($condition) this.observe($$$);',
    replace: '',
    tests: [
      test(messaging('consumer/sequence-watch.spec.ts'), 'counts messages that are not handled by their headers'),
    ],
  },
  {
    name: 'gives-partitions-of-one-number-to-several-members',
    file: messaging('kafkajs/co-partitioned-assigner.ts'),
    at: 'coPartitionedAssigner',
    given: 'for (const $topic of $topics) $body',
    find: '$partitionId % $subscribers.length',
    replace: '($partitionId + $topic.charCodeAt(1)) % $subscribers.length',
    tests: [
      test(messaging('kafkajs/co-partitioned-assigner.spec.ts'), 'gives partition n of every topic to the same member'),
    ],
  },
  {
    name: 'looks-for-no-due-work',
    file: service('due-schedule.ts'),
    at: 'DueSchedule.#wakeDue',
    find: 'if ($ms <= 0) this.#workers[$kind].wake();',
    replace: '',
    tests: [test(service('due-schedule.spec.ts'), 'finds due work of which nothing was reported')],
  },
  {
    name: 'commits-what-is-rehearsed',
    file: messaging('rehearsal/rehearsals.ts'),
    at: 'Rehearsals.run',
    find: 'this.transaction($work)',
    replace: 'this.transaction((tx) => ($work)(tx).catch(() => undefined))',
    tests: [test(messaging('rehearsal/rehearsal.spec.ts'), 'reads, claims and handles an event, and leaves nothing')],
  },
];
