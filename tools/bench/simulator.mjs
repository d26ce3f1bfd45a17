/**
 * What one payment costs the simulator: create, pay, notification. Prints milliseconds of its CPU per payment at a rate.
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
const warmUpSeconds = 3;
const clientId = 'SANDBOX_BENCH';
const path = '/ams/sandbox/api/v1/payments/createPaymentSession';
const acknowledgement = '{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"success"}}';
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const [merchant, antom] = [rsa(), rsa()];

let heard = 0;
const webhook = createServer((incoming, answer) => {
  incoming.resume().on('end', () => {
    heard += 1;
    answer.setHeader('content-type', 'application/json').end(acknowledgement);
  });
});
await new Promise((resolve) => webhook.listen(0, '127.0.0.1', resolve));
const notifyUrl = `http://127.0.0.1:${webhook.address().port}/webhooks/antom/payments`;

const port = await freePort();
const simulator = spawn(
  process.execPath,
  [fileURLToPath(new URL('../../apps/antom-simulator/dist/main.js', import.meta.url)), '--pay-after', '20'],
  {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      CLIENT_ID: clientId,
      MERCHANT_PUBLIC_KEY: merchant.publicKey.export({ type: 'spki', format: 'pem' }),
      ANTOM_PRIVATE_KEY: antom.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    },
  },
);

try {
  await ready();
  // Signed before anything is measured: our own signatures would take the processor from the simulator's.
  const [warmUp, measured] = [warmUpSeconds, seconds].map((long, run) =>
    Array.from({ length: rate * long }, (_, n) => signedRequest(`ps_${run}_${n}`)),
  );
  await pay(warmUp);
  await waitFor(warmUp.length);
  const [before, told] = [cpuMs(), heard];
  const started = Date.now();
  await pay(measured);
  await waitFor(told + measured.length);
  const took = (Date.now() - started) / 1000;
  report(cpuMs() - before, heard - told, took);
} finally {
  simulator.kill('SIGTERM');
  webhook.close();
  webhook.closeAllConnections();
  agent.destroy();
}

function report(cpu, payments, took) {
  const each = cpu / payments;
  const load = loadavg()[0].toFixed(1);
  console.log(`${payments} payments in ${took.toFixed(1)} s, ${(payments / took).toFixed(0)}/s (${rate}/s wanted)`);
  console.log(
    `${each.toFixed(3)} ms of the simulator's CPU per payment; load ${load} on ${availableParallelism()} CPUs`,
  );
  console.log(`(a payment has two RSA signatures; one costs ${signatureMs().toFixed(3)} ms here and now)`);
  if (values.most !== undefined && each > Number(values.most)) process.exitCode = 1;
}

/** Creates so many sessions a second, each of which is paid by itself, and waits for their answers. */
async function pay(requests) {
  const tickMs = 10;
  const answers = [];
  const began = Date.now();
  while (answers.length < requests.length) {
    const due = Math.min(requests.length, Math.ceil(((Date.now() - began + tickMs) / 1000) * rate));
    for (const each of requests.slice(answers.length, due)) answers.push(send(each));
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

function send({ headers, body }) {
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
function cpuMs() {
  const text = readFileSync(`/proc/${simulator.pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const millisecondsPerTick = 10;
  return (Number(fields[11]) + Number(fields[12])) * millisecondsPerTick;
}

async function ready() {
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
  throw new Error('the simulator does not start');
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: free } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return free;
}
