import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { bearLosses } from '@kasir/kernel';
import { perSecond } from './floors.mjs';
import { record, topic } from './news.mjs';
import { onServer } from '../servers.mjs';
import { service } from './service.mjs';
import { crc32 } from 'node:zlib';
import pg from 'pg';

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

/** How fast the relay brings a full outbox to its topic. */
export async function outboxRate(place, events) {
  const began = performance.now();
  await relayed(place);
  return perSecond(events, began);
}

/** What stays in memory while the relay brings a full outbox to its topic, in MiB, garbage aside. */
export async function outboxMemory(place) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const living = () => {
    collect();
    return Math.round(process.memoryUsage().heapUsed / 2 ** 20);
  };
  const memory = { beforeMiB: living(), mostMiB: 0 };
  await relayed(place, () => (memory.mostMiB = Math.max(memory.mostMiB, living())));
  return memory;
}

async function relayed(place, look = () => undefined) {
  const { messaging, stop } = await service('notification', place);
  const client = bearLosses(new pg.Client(place.url));
  await client.connect();
  const somethingWaits = async () =>
    (await client.query('select 1 from outbox order by position desc limit 1')).rows.length > 0;
  messaging.relay.start();
  while (await somethingWaits()) {
    look();
    await sleep(100);
  }
  await Promise.all([stop(), client.end()]);
}
