import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { perSecond } from './floors.mjs';
import { record, topic } from './news.mjs';
import { onServer } from '../servers.mjs';
import { service } from './service.mjs';
import { crc32 } from 'node:zlib';

/** Puts events into the outbox as if a service had said them. */
export async function fillOutbox(url, events) {
  for (let first = 0; first < events; first += 5_000) {
    const rows = Array.from({ length: Math.min(5_000, events - first) }, (_, offset) => {
      const { key, headers, value } = record(first + offset);
      return { shard: crc32(key) % 16, event_id: headers.ce_id, topic: topic.name, key, headers, body: value };
    });
    await onServer(
      url,
      `insert into outbox (shard, event_id, topic, key, headers, body, said_at)
       select shard, event_id, topic, key, headers, body, now() from jsonb_to_recordset($1::jsonb)
         as said (shard smallint, event_id uuid, topic text, key text, headers jsonb, body text)`,
      [JSON.stringify(rows)],
    );
  }
  await onServer(url, 'vacuum analyze outbox');
}

/** How fast the relay brings a full outbox to its topic, and what memory it takes for it. */
export async function outboxRate(place, events) {
  const { messaging, stop } = await service('notification', place);
  globalThis.gc?.();
  const memory = { beforeMiB: mebibytes(), mostMiB: 0 };
  const began = performance.now();
  messaging.relay.start();
  while (await somethingWaits(place.url)) {
    memory.mostMiB = Math.max(memory.mostMiB, mebibytes());
    await sleep(50);
  }
  const rate = perSecond(events, began);
  await stop();
  return { rate, memory };
}

const mebibytes = () => Math.round(process.memoryUsage().heapUsed / 2 ** 20);

const somethingWaits = async (url) =>
  (await onServer(url, 'select 1 from outbox order by position desc limit 1')).length > 0;
