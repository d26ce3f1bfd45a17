import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { upsert } from './floors.mjs';
import { topic } from './news.mjs';
import { service } from './service.mjs';

/** How fast a full topic gets into the database: receipt and one upsert each. Counted from the first to the last. */
export async function consumerRate(place, events) {
  const { messaging, stop } = await service('order', place);
  let began;
  const consumer = messaging.consumer([
    {
      topic,
      handle: async (event, { tx }) => {
        began ??= performance.now();
        await tx.query(upsert, [event.data.orderId]);
      },
    },
  ]);
  await consumer.start();
  while (consumer.stats().applied < events) await sleep(5);
  const rate = Math.round((events / (performance.now() - began)) * 1_000);
  await stop();
  return rate;
}
