import { generateKeyPairSync, sign } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { describeMachine } from './machine.mjs';
import { cpuMs, freePort, node, ready, stopped } from './processes.mjs';
import { report } from './report.mjs';
import { clientId, pay, signedRequests } from './simulator/payments.mjs';
import { startWebhook } from './simulator/webhook.mjs';

/** Until then the engine compiles, which is no payment's cost. */
const warmUpSeconds = 10;
const slices = 5;
const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

/** What one payment (create, pay, notification) costs the simulator, beside what its signatures and calls cost a bare Node process. */
export async function benchSimulator({ rate, seconds }, out) {
  const machine = describeMachine();
  const [merchant, antom] = [rsa(), rsa()];
  const webhook = await startWebhook();
  const floor = await started('./simulator/floor.mjs', [], merchant, antom);
  const simulator = await started('../../apps/antom-simulator/dist/main.js', ['--pay-after', '20'], merchant, antom);
  const slice = (server, long) => costOf(server, webhook, { merchant, rate, long });
  try {
    for (const server of [floor, simulator]) await slice(server, warmUpSeconds);
    // By turns, so that whatever else the machine does falls on both of them.
    for (let turn = 0; turn < slices; turn += 1)
      for (const server of [floor, simulator]) server.costs.push(await slice(server, seconds / slices));
  } finally {
    await Promise.all([floor, simulator].map(({ child }) => stopped(child)));
    webhook.stop();
  }
  const lines = judged(mean(floor.costs), mean(simulator.costs), signatureMs(antom.privateKey));
  await report('simulator', { machine, settings: { rate, seconds }, void: false, lines }, out);
  return lines.every(({ ok }) => ok);
}

const mean = (costs) => costs.reduce((sum, cost) => sum + cost, 0) / costs.length;

async function started(script, options, merchant, antom) {
  const port = await freePort();
  const child = node(fileURLToPath(new URL(script, import.meta.url)), options, {
    PATH: process.env.PATH,
    PORT: String(port),
    CLIENT_ID: clientId,
    MERCHANT_PUBLIC_KEY: merchant.publicKey.export({ type: 'spki', format: 'pem' }),
    ANTOM_PRIVATE_KEY: antom.privateKey.export({ type: 'pkcs8', format: 'pem' }),
  });
  await ready(`http://127.0.0.1:${port}/_sim/health`);
  return { child, port, costs: [] };
}

/** Milliseconds of CPU that a server spends on one payment, over so many seconds. */
async function costOf({ child, port }, webhook, { merchant, rate, long }) {
  const requests = signedRequests(Math.round(rate * long), webhook.url, merchant.privateKey);
  const [before, told] = [cpuMs(child.pid), webhook.heard()];
  await pay(port, requests, rate);
  await webhook.untilHeard(told + requests.length);
  return (cpuMs(child.pid) - before) / requests.length;
}

/** Milliseconds of CPU of one RSA signature here and now. */
function signatureMs(privateKey) {
  const [many, text] = [1_000, Buffer.alloc(600)];
  const before = process.cpuUsage();
  for (let n = 0; n < many; n += 1) sign('sha256', text, privateKey);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / many;
}

function judged(bare, ours, signature) {
  const line = (what, value, unit, demand, ok) => ({ what, value: Number(value.toFixed(2)), unit, demand, ok });
  return [
    line('an RSA signature, of which a payment has two', signature, 'ms of CPU', '', true),
    line('a payment, bare Node', bare, 'ms of CPU', '', true),
    line('a payment, simulator', ours, 'ms of CPU', '≤ 1.0', ours <= 1),
    line('a payment, simulator, of bare Node', ours / bare, '', '', true),
  ];
}
