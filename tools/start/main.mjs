import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startKasir } from '@kasir/local-kasir';
import { claimFolder, FolderInUse, memoryPss, startKafka, startPostgres } from '@kasir/local-stack';
import { allPrepared } from './coffees.mjs';
import { demoOrders, nthOrder } from './orders.mjs';
import { readRecords } from './records.mjs';
import { createScreen } from './screen.mjs';
import { Shopper } from './shopper.mjs';
import { printStory } from './story.mjs';

const flags = new Set(process.argv.slice(2));
const unknown = [...flags].filter((flag) => !['--exit', '--keep'].includes(flag));
const local = fileURLToPath(new URL('../../.local/', import.meta.url));
const folder = join(local, 'start');
const { say, step, during } = createScreen(Number(process.env.KASIR_BEGAN ?? Date.now()));

/** What has been started, to be stopped in the opposite order. */
const started = [];
let stopping;

async function stopAll() {
  stopping ??= (async () => {
    if (started.length > 0) step('stopping …');
    for (const stop of started.reverse()) await stop().catch((error) => say(`while stopping: ${error.message}`));
  })();
  return stopping;
}

const finish = (code) => void stopAll().then(() => process.exit(code));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => finish(flags.has('--exit') ? 1 : 0));

async function main() {
  if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(' ')}. Known are --exit and --keep`);
  const claim = await claimFolder(join(local, 'start-claim'));
  started.push(() => claim.release());
  if (!flags.has('--keep')) rmSync(folder, { recursive: true, force: true });
  const { kasir, pids, brokers } = await startEverything();
  const urls = [
    `gateway ${kasir.gatewayUrl}`,
    `webhooks ${kasir.notificationUrl}`,
    `Antom simulator ${kasir.simulatorUrl}`,
  ];
  await claim.note(urls);
  const records = await readRecords({ brokers, topicPrefix: kasir.topicPrefix });
  started.push(() => records.close());
  const shopper = new Shopper(kasir, records);
  await showOne(kasir, shopper, records);
  if (flags.has('--exit')) {
    await payMany(kasir, shopper);
    reportMemory(pids);
    return finish(0);
  }
  invite(kasir, urls);
}

async function startEverything() {
  const cacheFolder = join(local, 'cache');
  const log = (line) => step(line);
  const [postgres, kafka] = await during('PostgreSQL and Kafka are starting', () =>
    bothOrNone([
      startPostgres({ folder: join(folder, 'postgres'), adminUrl: process.env.POSTGRES_ADMIN_URL, log }),
      startKafka({ folder: join(folder, 'kafka'), cacheFolder, brokers: process.env.KAFKA_BROKERS?.split(','), log }),
    ]),
  );
  step(postgres.describe);
  step(kafka.describe);
  const kasir = await during('the services are starting', () =>
    startKasir({ folder, brokers: kafka.brokers, postgresAdminUrl: postgres.adminUrl, port: 3000, log }),
  );
  started.push(() => kasir.stop());
  watchForCrashes({ PostgreSQL: postgres, Kafka: kafka, ...kasir.parts });
  step('every service is ready');
  const pids = () => [postgres, kafka, ...Object.values(kasir.parts)].map((part) => part.pid()).filter(Boolean);
  return { kasir, pids, brokers: kafka.brokers };
}

/** Servers start side by side; where one cannot, the other is stopped again. */
async function bothOrNone(starting) {
  for (const each of starting)
    void each.then(
      (server) => started.push(() => server.stop()),
      () => undefined,
    );
  const results = await Promise.allSettled(starting);
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return results.map(({ value }) => value);
}

function watchForCrashes(parts) {
  for (const [name, part] of Object.entries(parts))
    void part.crashed.then(({ code, signal }) => {
      if (stopping !== undefined) return;
      say(`${name} ended by itself (${signal ?? `exit code ${code}`}); its log: ${part.logFile}`);
      finish(1);
    });
}

async function showOne(kasir, shopper, records) {
  const [order] = flags.has('--keep') ? [nthOrder(Date.now(), 0)] : demoOrders;
  step(`a shopper orders at ${kasir.gatewayUrl} and pays at the bank …`);
  const bought = await shopper.buy(order);
  await allPrepared(kasir.databaseUrls.fulfilment, [order.id]);
  printStory(say, order, bought, records.of(order.id));
  step(`paid ${bought.paidAfter} ms after the POST, and the coffee is prepared`);
}

async function payMany(kasir, shopper) {
  const run = Date.now();
  const orders = [...demoOrders.slice(1), ...Array.from({ length: 18 }, (_, n) => nthOrder(run, n + 1))];
  const times = [];
  for (const order of orders) times.push((await shopper.buy(order)).paidAfter);
  await allPrepared(
    kasir.databaseUrls.fulfilment,
    orders.map(({ id }) => id),
  );
  const ledger = await (await fetch(`${kasir.simulatorUrl}/_sim/ledger`)).json();
  const charges = ledger.filter(({ kind }) => kind === undefined || kind === 'charge');
  if (charges.length !== orders.length + 1)
    throw new Error(`${orders.length + 1} orders, ${charges.length} charges in the ledger`);
  step(
    `${orders.length} more payments: the first took ${times[0]} ms, the median of numbers 11 to 20 ${median(times.slice(10))} ms`,
  );
  step('all paid, each charged once, each coffee prepared once');
}

const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};

function reportMemory(pids) {
  const bytes = memoryPss(pids());
  if (bytes !== undefined) step(`memory of the whole stack: ${Math.round(bytes / 1024 / 1024)} MB (PSS)`);
}

async function invite(kasir, urls) {
  const [, order] = demoOrders;
  const { id, amount, description, bankChoice } = order;
  const token = await kasir.shop.sign({ order: { id, amount, description } });
  say('');
  for (const url of urls) say(`  ${url}`);
  say(`  logs in ${join(folder, 'logs')}`);
  say('');
  say('Try the next one yourself:');
  say('');
  say(`  curl -s ${kasir.gatewayUrl}/v1/payment-sessions -H 'Authorization: Bearer ${token}' \\`);
  say(`    -H 'Idempotency-Key: ${id}' -H 'Content-Type: application/json' -H 'Prefer: wait=10' \\`);
  say(`    -d '${JSON.stringify({ bankChoice, terminal: { type: 'APP', os: 'IOS' } })}'`);
  say('');
  say(`  curl -s -X POST ${kasir.simulatorUrl}/_sim/sessions/<id from the answer>/pay`);
  say(`  curl -s ${kasir.gatewayUrl}/v1/orders/${id} -H 'Authorization: Bearer ${token}'`);
  say('');
  say('Ctrl-C stops everything.');
}

main().catch((error) => {
  say(error instanceof FolderInUse ? `Kasir is ${error.message}` : `npm start: ${withCauses(error)}`);
  finish(1);
});

/** An error with what led to it, one line each. */
function withCauses(error) {
  const lines = [];
  for (let at = error; at instanceof Error; at = at.cause) lines.push(at.message);
  return lines.join('\n  because: ');
}
