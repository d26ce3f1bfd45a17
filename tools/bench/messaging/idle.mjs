import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { topic } from './news.mjs';
import { service } from './service.mjs';

/** How much of a core messaging takes when nothing happens: relay, consumer, watchdog. Runs in a process of its own. */
const { place, seconds } = JSON.parse(process.argv[2]);
const { messaging, stop } = await service('order', place);
const consumer = messaging.consumer([{ topic, handle: () => Promise.resolve() }]);
await consumer.start();
messaging.relay.start();
await sleep(5_000);
const [before, began] = [process.cpuUsage(), performance.now()];
await sleep(seconds * 1_000);
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ percent: (user + system) / 10 / (performance.now() - began) }));
await stop();
process.exit(0);
