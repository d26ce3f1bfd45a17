import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, testBrokers, testPostgres } from '@kasir/testing';
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { booksProblems, countsOf } from './figures/books.js';
import { Buyer } from './generator/buyer.js';
import { openShop, type Wanted } from './generator/shop.js';
import { openTail, type Tail } from './generator/tail.js';
import { floor, type Rival, usualWay } from './index.js';
import { rivalSystem } from './systems/rivals.js';
import { type RunningSystem } from './systems/system.js';

describe.each<[string, Rival]>([
  ['the floor', floor],
  ['the usual way', usualWay],
])('%s', (_, rival) => {
  const folder = mkdtempSync(join(tmpdir(), 'kasir-rival-'));
  const prefix = `rival-${randomBytes(4).toString('hex')}.`;
  const paid: string[] = [];
  let system: RunningSystem;
  let tail: Tail;
  let buyer: Buyer;
  let sign: (orderIds: readonly string[]) => Promise<Wanted[]>;

  beforeAll(async () => {
    const servers = { brokers: testBrokers(), adminUrl: testPostgres() };
    system = await rivalSystem(rival)(servers, { folder, prefix, instances: 1 });
    tail = await openTail(servers.brokers, system.ordersTopic, (type, key) => type === 'OrderPaid' && paid.push(key));
    buyer = new Buyer(system.gatewayUrls, system.simulatorUrl);
    sign = await openShop(system.shopKeyFile);
  });
  afterAll(async () => {
    await Promise.all([buyer?.close(), tail?.close(), system?.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  const wanted = (count: number) => sign(Array.from({ length: count }, () => `order-${randomUUID()}`));
  const fromSimulator = async <Rows>(path: string): Promise<Rows> =>
    (await fetch(`${system.simulatorUrl}/_sim/${path}`)).json() as Promise<Rows>;

  it('pays each order once, as the ledger of the simulator has it', async () => {
    const orders = await wanted(30);
    await Promise.all(orders.map(async (order) => buyer.pay(await buyer.openSession(order))));
    const created = new Set(orders.map(({ orderId }) => orderId));
    await eventually(() => expect(new Set(paid)).toEqual(created));
    const ledger = await fromSimulator<{ kind: string; referenceOrderId: string }[]>('ledger');
    const charged = countsOf(ledger.map(({ referenceOrderId }) => referenceOrderId));
    expect(booksProblems({ created, paid: countsOf(paid), charged })).toEqual([]);
  });

  it('gives one session to POSTs with one idempotency key, at the same time and later', async () => {
    const [order] = await wanted(1);
    const ids = await Promise.all(Array.from({ length: 5 }, () => buyer.openSession(order!)));
    expect(new Set([...ids, await buyer.openSession(order!)]).size).toBe(1);
  });

  it('refuses a checkout token that the shop has not signed', async () => {
    const [order, other] = await wanted(2);
    const token = [...order!.token.split('.').slice(0, 2), other!.token.split('.')[2]].join('.');
    await expect(buyer.openSession({ orderId: order!.orderId, token })).rejects.toThrow('POST 401');
  });

  it('pays once when the webhook and the message of a payment come again', async () => {
    const [order] = await wanted(1);
    const { orderId } = order!;
    const paymentSessionId = await buyer.openSession(order!);
    await buyer.pay(paymentSessionId);
    await eventually(() => expect(paid).toContain(orderId));
    const letters = await fromSimulator<{ id: string; paymentRequestId: string }[]>('notifications');
    const { id } = letters.find((letter) => letter.paymentRequestId === paymentSessionId)!;
    await fetch(`${system.simulatorUrl}/_sim/notifications/${id}/resend`, { method: 'POST' });

    const later = `order-${randomUUID()}`;
    const values = [orderId, later].map((each) => ({ orderId: each, paymentSessionId, paymentId: `again ${each}` }));
    await produce(`${prefix}payments.v1`, orderId, [values[0]!, values[0]!, values[1]!]);
    await eventually(() => expect(paid).toContain(later));
    expect(paid.filter((each) => each === orderId)).toHaveLength(1);
  });
});

/** All of one key, so that the last is handled after the others. */
async function produce(topic: string, key: string, values: readonly object[]): Promise<void> {
  const kafka = new Kafka({ clientId: 'rival-spec', brokers: testBrokers(), logLevel: logLevel.NOTHING });
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  await producer.send({ topic, messages: values.map((value) => ({ key, value: JSON.stringify(value) })) });
  await producer.disconnect();
}
