import { linesOf } from './docker.mjs';

/**
 * What a topic holds, read by the broker's own console reader, which knows nothing of our code.
 * @returns records with `key` (the order id) and the headers
 */
export async function readTopic(deployment, topic) {
  const text = await deployment.inside(
    'kafka',
    '/opt/kafka/bin/kafka-console-consumer.sh',
    '--bootstrap-server=localhost:9092',
    `--topic=${topic}`,
    '--from-beginning',
    '--timeout-ms=8000',
    '--property=print.key=true',
    '--property=print.headers=true',
    '--property=print.value=false',
  );
  return linesOf(text).map((line) => {
    const [headers, key] = line.split('\t');
    return { key, ...Object.fromEntries(headers.split(',').map(pair)) };
  });
}

function pair(text) {
  const at = text.indexOf(':');
  return [text.slice(0, at), text.slice(at + 1)];
}

/**
 * Orders that the topic calls paid, one entry for each event; one that was sent twice is one event. A busy machine is asked again
 * while there are fewer than expected.
 */
export async function paidOrders(deployment, expected) {
  for (let patience = 6; ; patience -= 1) {
    const records = await readTopic(deployment, 'orders.v1');
    const paid = records.filter(({ ce_type }) => ce_type === 'OrderPaid');
    const events = new Map(paid.map(({ ce_id, key }) => [ce_id, key]));
    if (events.size >= expected || patience === 0) return [...events.values()];
  }
}
