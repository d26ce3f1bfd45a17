import { generateKeyPairSync } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSimulator } from '@kasir/antom-sim';
import { describeMachine } from './machine.mjs';
import { cpuMs } from './processes.mjs';
import { report } from './report.mjs';
import { ageServer, emptyDatabase, withServers } from './servers.mjs';
import { announce, startEar, startFloor } from './webhooks/ear.mjs';
import { openLoop, part } from './webhooks/load.mjs';
import { clientId, signedWebhooks } from './webhooks/signed.mjs';

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const warmUpSeconds = 5;
const openAttempts = 10_000;
/** An attempt that nobody pays is asked about some three times in the half hour that it lives. */
const askedEverySeconds = 600;

/** Webhook to acknowledgement at a rate, beside a server that only verifies and keeps; and what open attempts cost while nothing happens. */
export async function benchWebhooks({ rate, seconds, data }, out) {
  const machine = describeMachine();
  const keys = { merchant: rsa(), antom: rsa() };
  const { versions, floor, ear, background } = await withServers(
    (servers) => measure(servers, keys, { rate, seconds }),
    { socket: false, inMemory: data === 'memory' },
  );
  const isVoid = part(floor, 0.99) > 20;
  const lines = judged(floor, ear, background);
  const name = data === 'memory' ? 'webhooks-in-memory' : 'webhooks';
  await report(name, { machine, versions, settings: { rate, seconds, data, openAttempts }, void: isVoid, lines }, out);
  if (isVoid)
    console.log(
      'void: a server that only verifies and keeps needs more than 20 ms for one in a hundred; --data memory leaves the disk out',
    );
  return !isVoid && lines.every(({ ok }) => ok);
}

async function measure({ brokers, adminUrl, versions }, keys, settings) {
  const simulator = await startSimulator({
    clientId,
    merchantPublicKey: keys.merchant.publicKey,
    antomPrivateKey: keys.antom.privateKey,
  });
  await ageServer(adminUrl);
  const url = await emptyDatabase(adminUrl);
  const server = await startEar({ brokers, url, prefix: 'bench-webhooks.' }, { ...keys, antomUrl: simulator.url });
  const bare = await startFloor(keys.antom.publicKey, await emptyDatabase(adminUrl));
  try {
    const { rate, seconds } = settings;
    const floor = await load(bare.port, 1, { rate, seconds }, keys);
    for (const run of [2, 3])
      await announce(url, run, rate * (warmUpSeconds + seconds), { dueInSeconds: 9e4, overSeconds: 1 });
    const ear = await load(server.port, 2, { rate, seconds }, keys);
    const idle = await busyPercent(server.pid, seconds);
    await announce(url, 4, openAttempts, { dueInSeconds: 0, overSeconds: askedEverySeconds });
    const withAttempts = await busyPercent(server.pid, seconds);
    return { versions, floor, ear, background: { idle, withAttempts } };
  } finally {
    await Promise.all([server.stop(), bare.stop(), simulator.stop()]);
  }
}

/** How much of a core a process takes, after a moment to calm down. */
async function busyPercent(pid, seconds) {
  await sleep(2_000);
  const [before, began] = [cpuMs(pid), performance.now()];
  await sleep(seconds * 1_000);
  return (100 * (cpuMs(pid) - before)) / (performance.now() - began);
}

/** The first seconds warm the server up and do not count. */
async function load(port, run, { rate, seconds }, { antom }) {
  const webhooks = signedWebhooks(run, rate * (warmUpSeconds + seconds), antom.privateKey);
  await openLoop(port, webhooks.slice(0, rate * warmUpSeconds), rate);
  return openLoop(port, webhooks.slice(rate * warmUpSeconds), rate);
}

const line = (what, value, unit, demand, ok) => ({ what, value, unit, demand, ok });

function judged(floor, ear, background) {
  const [bare, p50, p99] = [part(floor, 0.99), part(ear, 0.5), part(ear, 0.99)];
  const { idle, withAttempts } = background;
  const percent = Number((withAttempts - idle).toFixed(1));
  return [
    line('only verified and kept, half of them', part(floor, 0.5), 'ms', '', true),
    line('only verified and kept, 99 of 100', bare, 'ms', '≤ 20, or the run is void', true),
    line('webhook → acknowledgement, half of them', p50, 'ms', '', true),
    line('webhook → acknowledgement, 99 of 100', p99, 'ms', '≤ 30', p99 <= 30),
    line(
      'webhook → acknowledgement, 99 of 100, of only verified and kept',
      Number((p99 / bare).toFixed(1)),
      '×',
      '',
      true,
    ),
    line('when nothing happens', Number(idle.toFixed(1)), '% of a core', '', true),
    line(
      `${openAttempts} open attempts, each asked about every 10 min, more than that`,
      percent,
      '% of a core',
      '≤ 5',
      percent <= 5,
    ),
  ];
}
