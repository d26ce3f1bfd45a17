import { shopWith } from '../container/shop.mjs';
import { tryBadInput } from './bad-input.mjs';
import { checkContainers, checkGracefulStop } from './containers.mjs';
import { expectSame, expectTrue } from './expect.mjs';
import { checkImage } from './image.mjs';
import { measureBuilds, memoryUse, originOf, timed } from './numbers.mjs';
import { Shopper } from './shopper.mjs';
import { payAmidRestarts, tenOrders } from './ten-payments.mjs';
import { paidOrders } from './topic.mjs';

const ids = tenOrders.map(({ id }) => id);
const step = (what) => console.log(what);

/** Leads a deployment from its image to its end. @returns what is worth keeping; @throws at the first thing that is not as it should be */
export async function prove(deployment) {
  step('the image');
  const builds = await measureBuilds(deployment);
  const megabytes = await checkImage(deployment);
  step('up');
  const { seconds: readySeconds } = await timed(() => deployment.up());
  console.log(`      every service was ready after ${readySeconds} s`);
  await checkContainers(deployment);
  const shopper = new Shopper(deployment, shopWith(await shopKey(deployment)));
  const payments = await payTen(deployment, shopper);
  const running = await deployment.running();
  const memory = await memoryUse(running);
  const others = [...new Set(running.map(({ Config }) => Config.Image))].filter((image) => image !== deployment.image);
  const images = await originOf(others);
  await checkExactlyOnce(deployment, shopper);
  await checkSurvival(deployment, shopper);
  const demo = await tellTheStory(deployment);
  const badInput = await tryBadInput(deployment);
  await checkEnd(deployment);
  return { images, image: { megabytes, ...builds }, readySeconds, payments, memory, demo, badInput };
}

const shopKey = async (deployment) =>
  JSON.parse(await deployment.run('demo', { command: ['cat', '/run/secrets/shop/checkout-key.jwk.json'] }));

async function payTen(deployment, shopper) {
  const [first, ...others] = tenOrders;
  const payments = [await shopper.buy(first)];
  expectSame('OrderPaid is on the topic', await paidOrders(deployment, 1), [first.id]);
  step('ten payments; every container is restarted once; two of payment-session and of order');
  await deployment.up('--scale=payment-session=2', '--scale=order=2');
  payments.push(...(await payAmidRestarts(deployment, shopper, others)));
  return payments;
}

async function checkExactlyOnce(deployment, shopper) {
  const ledger = await shopper.ledger();
  expectSame('ten orders, ten charges', ledger.map(({ referenceOrderId }) => referenceOrderId).sort(), ids);
  const requests = new Set(ledger.map(({ paymentRequestId }) => paymentRequestId));
  expectSame('ten payment request ids', requests.size, ids.length);
  expectSame('ten OrderPaid', (await paidOrders(deployment, ids.length)).sort(), ids);
  const query = 'select order_id from coffees';
  const coffees = await deployment.inside(
    'postgres',
    'psql',
    '-U',
    'postgres',
    '-d',
    'kasir_fulfilment',
    '-Atc',
    query,
  );
  expectSame('ten coffees', coffees.trim().split('\n').sort(), ids);
}

async function checkSurvival(deployment, shopper) {
  step('down, and up again');
  await deployment.down();
  await deployment.up();
  expectSame('an order that was paid is paid', (await shopper.seePaid(tenOrders[0])).status, 'paid');
  expectSame('the ledger is as it was', (await shopper.ledger()).length, ids.length);
}

async function tellTheStory(deployment) {
  const story = await deployment.compose(['run', '--rm', '-T', 'demo']);
  const hops = story.split('\n').filter((line) => /\.v1\/\d+@\d+$/.test(line));
  const types = hops.map((hop) => hop.trim().split(/\s+/)[3]);
  const whole = types[0] === 'PaymentSessionRequested' && types.at(-1) === 'OrderPaid' && types.length >= 6;
  expectTrue('the demo tells a payment from its request to OrderPaid', whole, types);
  return hops.map((hop) => hop.trim().replaceAll(/\s+/g, ' '));
}

async function checkEnd(deployment) {
  step('the end');
  await deployment.up();
  await checkGracefulStop(deployment);
  await deployment.down('-v');
  const nothing = { containers: [], volumes: [], networks: [] };
  expectSame('down -v leaves no container, no volume, no network', await deployment.remains(), nothing);
}
