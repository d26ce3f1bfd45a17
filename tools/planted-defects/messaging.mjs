import { inLib, test } from './runner/places.mjs';

/** Mistakes of those who consume: each would lose, double or reorder something, or block all that follows. */
const messaging = inLib('messaging');

export const defects = [
  {
    name: 'commits-the-offset-before-the-transaction',
    file: messaging('consumer/partition-queue.ts'),
    at: 'PartitionQueue.#drain',
    find: `const $count = await $work($records, $signal); $$$between;
      const $last = $records[$count - 1]; $$$then;
      if ($isMine) $done;`,
    replace: `$$$between; const $last = $records.at(-1); $$$then;
      if ($isMine) $done;
      await $work($records, $signal);`,
    tests: [
      test(messaging('consumer/consumer.spec.ts'), 'commits no offset before the database has committed'),
      test(
        messaging('consumer/partition-queue.spec.ts'),
        'are done only as far as they were applied before the rest was given up',
      ),
    ],
  },
  {
    name: 'checks-no-epoch-when-work-is-done',
    file: messaging('consumer/partition-queue.ts'),
    at: 'PartitionQueue.#drain',
    find: '$generation === this.#generation',
    replace: '$generation >= 0',
    tests: [
      test(
        messaging('consumer/partition-queue.spec.ts'),
        'are not reported as done when the partition may be somebody else’s by then',
      ),
    ],
  },
  {
    name: 'checks-no-epoch-when-a-commit-is-repeated',
    file: messaging('consumer/committer.ts'),
    at: 'Committer.#commitWaiting',
    find: '$generation === this.#generation',
    replace: '$generation >= 0',
    tests: [test(messaging('consumer/committer.spec.ts'), 'commits no position of an assignment that has ended')],
  },
  {
    name: 'keeps-its-receipts-outside-the-transaction',
    file: messaging('consumer/chunk.ts'),
    at: 'applyChunk',
    find: 'claim($context.tx, $$$claim)',
    replace: `claim(
    { query: async (sql, params) => {
      const rows = await $context.tx.query<never>(sql, params);
      await $context.tx.query('commit');
      await $context.tx.query('begin');
      return rows;
    } },
    $$$claim,
  )`,
    tests: [test(messaging('consumer/chunk.spec.ts'), 'lose nothing by the one that is refused')],
  },
  {
    name: 'folds-no-duplicates-inside-a-chunk',
    file: messaging('consumer/chunk.ts'),
    at: 'applyChunk',
    find: '$fresh.delete($id)',
    replace: '$fresh.has($id)',
    tests: [
      test(messaging('consumer/chunk.spec.ts'), 'are folded where they are the same'),
      test(messaging('consumer/consumer.spec.ts'), 'applies the same message once, however often it comes'),
    ],
  },
  {
    name: 'buries-the-neighbours-of-a-bad-message',
    file: messaging('consumer/applying.ts'),
    at: 'Applying.#together',
    given: `const $fault = faultOf($error); $$$;
      const $fields = { $$$, events: $heard.length, $$$ }; $$$;
      const $first = await this.#together($items.slice(0, $middle), $subscription, $signal);`,
    find: 'const $middle = Math.ceil($items.length / 2);',
    replace: `if ($fault !== 'transient') {
        for (const { record } of $heard) await this.#bury(record, $subscription, reasonOf($error), 1, $signal);
        return $items.length;
      }
      $it`,
    tests: [test(messaging('consumer/chunk.spec.ts'), 'lose nothing by the one that is refused')],
  },
  {
    name: 'lets-messages-pass-a-dead-letter-of-their-key',
    file: messaging('consumer/inbox.ts'),
    at: 'claiming',
    find: /where \$4 and holds/,
    replace: 'where $4 and not holds',
    tests: [
      test(messaging('operator/desk.spec.ts'), 'is waited for by what comes later of its key, and by nobody else'),
    ],
  },
  {
    name: 'releases-what-waited-in-another-order',
    file: messaging('consumer/waiting-messages.ts'),
    at: 'firstWaiting',
    find: /order by id/,
    replace: '$it desc',
    tests: [
      test(
        messaging('operator/desk.spec.ts'),
        'is applied by a redrive, then all that waited in the order of arrival, and the key is free',
      ),
    ],
  },
  {
    name: 'takes-a-deadlock-for-a-bug',
    file: messaging('consumer/faults.ts'),
    at: 'transientClasses',
    find: "[$$$before, '40', $$$after]",
    replace: '[$$$before, $$$after]',
    tests: [test(messaging('consumer/faults.spec.ts'), 'a deadlock', 'is transient: a deadlock')],
  },
  {
    name: 'believes-whoever-says-it',
    file: messaging('events/reading.ts'),
    at: 'readEnvelope',
    find: '$source === $topic.producer',
    replace: "$source !== ''",
    tests: [
      test(
        messaging('consumer/consumer.spec.ts'),
        'keeps every message that nobody can read with its reason, and takes the next',
      ),
    ],
  },
  {
    name: 'restarts-nobody-who-stands-still',
    file: messaging('consumer/watchdog.ts'),
    at: 'Watchdog.look',
    find: '$since >= this.stuckMs',
    replace: '$since >= Infinity',
    tests: [test(messaging('consumer/watchdog.spec.ts'), 'when messages wait and nothing moved for half a minute')],
  },
  {
    name: 'forgets-receipts-while-messages-may-come-again',
    file: messaging('consumer/pruning.ts'),
    at: 'Pruning.round',
    find: '2 * $retention.days',
    replace: '$retention.days',
    tests: [
      test(messaging('consumer/pruning.spec.ts'), 'are forgotten when their topic has long forgotten the messages'),
    ],
  },
  {
    name: 'starts-although-it-is-to-say-what-is-anothers',
    file: messaging('messaging.ts'),
    at: 'createMessaging',
    find: 'checkSaid($service, $topics)',
    replace: 'checkSaid($service, [])',
    tests: [
      test(
        messaging('messaging.spec.ts'),
        'keeps a service from starting that is to say what a contract gives to another',
      ),
    ],
  },
  {
    name: 'crashes-on-demand-in-production',
    file: messaging('crash-points.ts'),
    at: 'crashPointsFrom',
    find: "'production'",
    replace: "'never'",
    tests: [test(messaging('crash-points.spec.ts'), 'is refused in production with one line that says what to do')],
  },
  {
    name: 'looks-once-whether-a-key-is-held',
    file: messaging('consumer/inbox.ts'),
    at: 'claim',
    find: '$open = $open.filter(($each) => $isDecided && !$held.has($subject))',
    replace: '$open = $open.filter(($each) => $isDecided && $open.length === 0)',
    tests: [
      test(
        messaging('operator/desk.spec.ts'),
        'lets nothing %s pass the one that took its place while the redrive was under way',
        'lets nothing that can be applied pass the one that took its place',
      ),
    ],
  },
];
