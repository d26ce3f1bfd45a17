import { readFileSync } from 'node:fs';
import { allPrepared } from '../../start/coffees.mjs';
import { demoOrders, nthOrder } from '../../start/orders.mjs';
import { readRecords } from '../../start/records.mjs';
import { Shopper } from '../../start/shopper.mjs';
import { printStory } from '../../start/story.mjs';
import { job } from './job.mjs';
import { shopWith } from './shop.mjs';

const { GATEWAY_URL, SIMULATOR_URL, GATEWAY_PUBLIC_URL, SIMULATOR_PUBLIC_URL, KAFKA_BROKERS, TOPIC_PREFIX } =
  process.env;
const say = (line) => process.stdout.write(`${line}\n`);
const secret = (name) => readFileSync(`/run/secrets/${name}`, 'utf8').trim();

await job('demo', async () => {
  const shop = shopWith(JSON.parse(secret('shop/checkout-key.jwk.json')));
  const fulfilment = secret('fulfilment/database-url');
  const records = await readRecords({ brokers: KAFKA_BROKERS.split(','), topicPrefix: TOPIC_PREFIX });
  const order = await nextOrder(records);
  say(`a shopper orders at ${GATEWAY_URL} and pays at the bank …`);
  const bought = await new Shopper({ gatewayUrl: GATEWAY_URL, simulatorUrl: SIMULATOR_URL, shop }, records).buy(order);
  await allPrepared(fulfilment, [order.id]);
  printStory(say, order, bought, records.of(order.id));
  say(`paid ${bought.paidAfter} ms after the POST, and the coffee is prepared`);
  await invite(shop);
  await records.close();
});

/** The order of Antom's guide can be paid once; whoever comes again orders another coffee. */
async function nextOrder(records) {
  const [first] = demoOrders;
  const taken = await records.find(({ orderId }) => orderId === first.id, first.id, 1_000).catch(() => undefined);
  return taken === undefined ? first : nthOrder(Date.now(), 0);
}

async function invite(shop) {
  const { id, amount, description, bankChoice } = nthOrder(Date.now(), 1);
  const token = await shop.sign({ order: { id, amount, description } });
  say('');
  say('Try the next one yourself, within ten minutes:');
  say('');
  say(`  TOKEN=${token}`);
  say(`  curl -s ${GATEWAY_PUBLIC_URL}/v1/payment-sessions -H "Authorization: Bearer $TOKEN" \\`);
  say(`    -H 'Idempotency-Key: ${id}' -H 'Content-Type: application/json' -H 'Prefer: wait=10' \\`);
  say(`    -d '${JSON.stringify({ bankChoice, terminal: { type: 'APP', os: 'IOS' } })}'`);
  say('');
  say(`  curl -s -X POST ${SIMULATOR_PUBLIC_URL}/_sim/sessions/<id from the answer>/pay`);
  say(`  curl -s ${GATEWAY_PUBLIC_URL}/v1/orders/${id} -H "Authorization: Bearer $TOKEN"`);
}
