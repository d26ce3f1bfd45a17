/**
 * What one payment costs the simulator: create, pay, notification. Prints milliseconds of its CPU per payment at a rate,
 * beside what the same signatures and calls cost a bare Node process in the same minute.
 *   node tools/bench/simulator.mjs [--rate 300] [--seconds 20] [--most 1.0]
 * With --most it fails above that many milliseconds.
 */
import { spawn } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '300' },
    seconds: { type: 'string', default: '20' },
    most: { type: 'string' },
  },
});
const [rate, seconds] = [Number(values.rate), Number(values.seconds)];
/** Until then the engine compiles, which is no payment's cost. */
const warmUpSeconds = 10;
const slices = 5;
const clientId = 'SANDBOX_BENCH';
const path = '/ams/sandbox/api/v1/payments/createPaymentSession';
const acknowledgement = '{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"success"}}';
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const [merchant, antom] = [rsa(), rsa()];

let [heard, issued] = [0, 0];
const webhook = createServer({ keepAliveTimeout: 60_000 }, (incoming, answer) => {
  incoming.resume().on('end', () => {
    heard += 1;
    answer.setHeader('content-type', 'application/json').end(acknowledgement);
  });
});
await new Promise((resolve) => webhook.listen(0, '127.0.0.1', resolve));
const notifyUrl = `http://127.0.0.1:${webhook.address().port}/webhooks/antom/payments`;

const floor = await started('bare Node', './simulator-floor.mjs');
const simulated = await started('simulator', '../../apps/antom-simulator/dist/main.js', '--pay-after', '20');
try {
  for (const one of [floor, simulated]) await slice(one, warmUpSeconds);
  // By turns, so that whatever else the machine does falls on both of them.
  for (let turn = 0; turn < slices; turn += 1)
    for (const one of [floor, simulated]) one.costs.push(await slice(one, seconds / slices));
} finally {
  for (const { child } of [floor, simulated]) child.kill('SIGTERM');
  webhook.close();
  webhook.closeAllConnections();
  agent.destroy();
}
const mean = ({ costs }) => costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
for (const one of [floor, simulated])
  console.log(
    `${one.name}: ${mean(one).toFixed(3)} ms of CPU per payment; in slices ${one.costs.map((cost) => cost.toFixed(3)).join(', ')}`,
  );
console.log(`load ${loadavg()[0].toFixed(1)} on ${availableParallelism()} CPUs; an RSA signature (a payment has two)`);
console.log(`costs ${signatureMs().toFixed(3)} ms here and now`);
if (values.most !== undefined && mean(simulated) > Number(values.most)) process.exitCode = 1;

async function started(name, script, ...options) {
  const port = await freePort();
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, [file, ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      CLIENT_ID: clientId,
      MERCHANT_PUBLIC_KEY: merchant.publicKey.export({ type: 'spki', format: 'pem' }),
      ANTOM_PRIVATE_KEY: antom.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    },
  });
  await ready(port);
  return { name, child, port, costs: [] };
}

/** Milliseconds of CPU that a process spends on one payment, over so many seconds. */
async function slice({ name, child, port }, long) {
  // Signed before anything is measured: our own signatures would take the processor from the measured process.
  const requests = Array.from({ length: Math.round(rate * long) }, () => signedRequest(`ps_${(issued += 1)}`));
  const [before, told, began] = [cpuMs(child.pid), heard, Date.now()];
  await pay(port, requests);
  await waitFor(told + requests.length);
  const perSecond = (requests.length / (Date.now() - began)) * 1_000;
  if (perSecond < rate * 0.95) console.log(`${name} was asked only ${perSecond.toFixed(0)} times a second`);
  return (cpuMs(child.pid) - before) / requests.length;
}

/** Creates so many sessions a second, each of which is paid by itself, and waits for their answers. */
async function pay(port, requests) {
  const tickMs = 10;
  const answers = [];
  const began = Date.now();
  while (answers.length < requests.length) {
    const due = Math.min(requests.length, Math.ceil(((Date.now() - began + tickMs) / 1000) * rate));
    for (const each of requests.slice(answers.length, due)) answers.push(send(port, each));
    await new Promise((resolve) => setTimeout(resolve, tickMs));
  }
  await Promise.all(answers);
}

async function waitFor(notifications) {
  while (heard < notifications) await new Promise((resolve) => setTimeout(resolve, 20));
}

function signedRequest(paymentRequestId) {
  const amount = { currency: 'THB', value: '16000' };
  const order = { referenceOrderId: paymentRequestId, orderDescription: 'Cappuccino #grande', orderAmount: amount };
  const body = JSON.stringify({
    productCode: 'CASHIER_PAYMENT',
    paymentRequestId,
    order,
    paymentAmount: amount,
    paymentMethod: { paymentMethodType: 'BANK', paymentMethodMetaData: '{"bankName":"Siam Commerical Bank"}' },
    paymentRedirectUrl: 'https://coffee.example/return',
    paymentNotifyUrl: notifyUrl,
    settlementStrategy: { settlementCurrency: 'USD' },
    env: { terminalType: 'APP', osType: 'IOS', clientIp: '203.0.113.7' },
  });
  const time = String(Date.now());
  const signature = sign('sha256', Buffer.from(`POST ${path}\n${clientId}.${time}.${body}`), merchant.privateKey);
  const header = `algorithm=RSA256,keyVersion=1,signature=${encodeURIComponent(signature.toString('base64'))}`;
  const headers = {
    'content-type': 'application/json',
    'client-id': clientId,
    'request-time': time,
    signature: header,
  };
  return { headers, body };
}

function send(port, { headers, body }) {
  return new Promise((resolve, reject) => {
    const call = request({ port, path, method: 'POST', headers, agent }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`the simulator answered ${answer.statusCode}`));
      answer.resume().on('end', resolve);
    });
    call.on('error', reject).end(body);
  });
}

function signatureMs() {
  const [many, text] = [1_000, Buffer.alloc(600)];
  const before = process.cpuUsage();
  for (let n = 0; n < many; n += 1) sign('sha256', text, antom.privateKey);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / many;
}

/** What the process and its threads have used since their start, user and system. */
function cpuMs(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const millisecondsPerTick = 10;
  return (Number(fields[11]) + Number(fields[12])) * millisecondsPerTick;
}

async function ready(port) {
  for (const until = Date.now() + 15_000; Date.now() < until;) {
    if (
      await fetch(`http://127.0.0.1:${port}/_sim/health`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing answers at port ${port}`);
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: free } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return free;
}
