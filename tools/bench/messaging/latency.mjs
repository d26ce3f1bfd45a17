import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { news, topic } from './news.mjs';
import { service } from './service.mjs';

const perSecond = 50;
const warmUpSeconds = 5;

/** Milliseconds from the commit in one service to the handler in another, at a steady rate that waits for nobody. */
export async function latency({ speaker, listener }, seconds) {
  const said = await service('notification', speaker);
  const heard = await service('order', listener);
  const committedAt = new Map();
  const handledAt = new Map();
  const consumer = heard.messaging.consumer([
    { topic, handle: async (event) => void handledAt.set(event.data.paymentSessionId, performance.now()) },
  ]);
  await consumer.start();
  said.messaging.relay.start();
  const began = performance.now();
  const count = (warmUpSeconds + seconds) * perSecond;
  const speaking = [];
  for (let index = 0; index < count; index += 1) {
    await sleep(Math.max(0, began + (index * 1_000) / perSecond - performance.now()));
    const saying = said.messaging
      .transaction((tx) => said.messaging.outbox.say(tx, topic, news(index)))
      .then(() => committedAt.set(`ps_${index}`, performance.now()));
    speaking.push(saying);
  }
  await Promise.all(speaking);
  while (handledAt.size < count) await sleep(10);
  await Promise.all([said.stop(), heard.stop()]);
  const times = Array.from({ length: count }, (_, index) => `ps_${index}`)
    .slice(warmUpSeconds * perSecond)
    .map((id) => handledAt.get(id) - committedAt.get(id))
    .sort((left, right) => left - right);
  const at = (share) => Number(times[Math.floor(share * (times.length - 1))].toFixed(1));
  return { p50: at(0.5), p99: at(0.99), most: at(1) };
}
