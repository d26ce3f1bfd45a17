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
    '--timeout-ms=5000',
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

/** Orders that a topic calls paid, one entry for each event; one that was sent twice is one event. */
export async function paidOrders(deployment) {
  const records = await readTopic(deployment, 'orders.v1');
  const events = new Map(
    records.filter(({ ce_type }) => ce_type === 'OrderPaid').map((each) => [each.ce_id, each.key]),
  );
  return [...events.values()];
}
