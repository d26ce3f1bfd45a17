import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describeMachine } from '../machine.mjs';
import { report } from '../report.mjs';
import { freshDatabase, freshTopic, onServer, withServers } from '../servers.mjs';
import { consumerRate } from './consuming.mjs';
import { inboxFloor, outboxFloor, sendBatchFloor } from './floors.mjs';
import { latency } from './latency.mjs';
import { topic } from './news.mjs';
import { fillOutbox, outboxMemory, outboxRate } from './outbox.mjs';

const connections = 6;
/** How far the bare sendBatch before and after everything else may differ, of the slower one, before the machine was busy with something else. */
const mostFloorSpread = 0.15;

/** @returns whether every number is where it has to be */
export async function benchMessaging(settings, out) {
  const machine = describeMachine();
  const { versions, numbers } = await withServers((servers) => measure(servers, settings));
  const lines = judged(numbers);
  const isVoid = spreadOf(numbers) > mostFloorSpread;
  await report('messaging', { machine, versions, settings: { ...settings, connections }, void: isVoid, lines }, out);
  if (isVoid)
    console.log(
      `void: the bare sendBatch made ${numbers.sendBatch}/s before and ${numbers.sendBatchAfter}/s after the rest`,
    );
  return !isVoid && lines.every(({ ok }) => ok);
}

async function measure({ brokers, adminUrl, versions }, { events, rows, seconds }) {
  const place = async () => ({
    brokers,
    url: await freshDatabase(adminUrl),
    prefix: await freshTopic(brokers, topic),
  });
  const say = (step) => console.error(`${step} …`);
  const full = await place();
  say('bare sendBatch, after a warm-up');
  await sendBatchFloor(brokers, (await place()).prefix, events / 4);
  const sendBatch = await sendBatchFloor(brokers, full.prefix, events);
  say('outbox to topic: the bare loop, then the relay');
  const bare = await place();
  await fillOutbox(bare.url, events);
  const outboxBare = await outboxFloor(bare.url, brokers, bare.prefix, events);
  const relayed = await place();
  await fillOutbox(relayed.url, events);
  const outbox = await outboxRate(relayed, events);
  say('topic to database: the bare statements, then the consumer');
  const inboxBare = await inboxFloor((await place()).url, events, connections);
  const inbox = await consumerRate(full, events);
  const applied = await onServer(full.url, 'select sum(times)::int as times from seen');
  if (applied[0].times !== events) throw new Error(`${applied[0].times} effects of ${events} events`);
  say('latency');
  const quiet = await place();
  const times = await latency({ speaker: quiet, listener: { ...quiet, url: await freshDatabase(adminUrl) } }, seconds);
  say('idle');
  const idlePercent = await idle(await place(), seconds);
  say('memory');
  const backlog = await place();
  await fillOutbox(backlog.url, rows);
  const memory = await outboxMemory(backlog);
  say('bare sendBatch, once more');
  const sendBatchAfter = await sendBatchFloor(brokers, (await place()).prefix, events);
  return {
    versions,
    numbers: { sendBatch, sendBatchAfter, outboxBare, outbox, inboxBare, inbox, times, idlePercent, memory },
  };
}

async function idle(place, seconds) {
  const script = fileURLToPath(new URL('./idle.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify({ place, seconds })]);
  return Number(JSON.parse(stdout).percent.toFixed(2));
}

const line = (what, value, unit, demand, ok) => ({ what, value, unit, demand, ok });
const spreadOf = ({ sendBatch, sendBatchAfter }) =>
  Math.abs(sendBatch - sendBatchAfter) / Math.min(sendBatch, sendBatchAfter);
const ratio = (ours, bare) => Number((ours / bare).toFixed(2));

function judged(numbers) {
  const { sendBatch, sendBatchAfter, outboxBare, outbox, inboxBare, inbox, times, idlePercent, memory } = numbers;
  const growth = memory.mostMiB - memory.beforeMiB;
  const demand = `within ${mostFloorSpread * 100} % of each other, or the run is void`;
  return [
    line('bare sendBatch, before', sendBatch, '/s', '', true),
    line('bare sendBatch, after', sendBatchAfter, '/s', demand, spreadOf(numbers) <= mostFloorSpread),
    line('outbox → topic, bare loop', outboxBare, '/s', '', true),
    line('outbox → topic', outbox, '/s', '≥ 20000', outbox >= 20_000),
    line('outbox → topic, of bare', ratio(outbox, outboxBare), '', '≥ 0.7', ratio(outbox, outboxBare) >= 0.7),
    line('topic → inbox + upsert, bare statements', inboxBare, '/s', '', true),
    line('topic → inbox + upsert', inbox, '/s', '≥ 12000', inbox >= 12_000),
    line('topic → inbox + upsert, of bare', ratio(inbox, inboxBare), '', '≥ 0.6', ratio(inbox, inboxBare) >= 0.6),
    line('commit → handler, half of them', times.p50, 'ms', '≤ 6', times.p50 <= 6),
    line('commit → handler, 99 of 100', times.p99, 'ms', '≤ 25', times.p99 <= 25),
    line('idle', idlePercent, '% of a core', '≤ 2', idlePercent <= 2),
    line('heap growth over the backlog', growth, 'MiB', '≤ 100', growth <= 100),
  ];
}
