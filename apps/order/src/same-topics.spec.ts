import { payments, paymentSessions } from '@kasir/contracts';
import { type Heard } from '@kasir/testing';
import { order } from './app.module.js';
import { type Harness, openHarness } from './testing/harness.specs.js';

const topics = [payments, paymentSessions];

describe('a fresh database that the same topics are fed to', () => {
  const opened: Harness[] = [];
  afterAll(() => Promise.all(opened.map(({ world }) => world.stop())));
  const open = async () => {
    const harness = await openHarness(order, { listenTo: topics });
    opened.push(harness);
    return harness;
  };

  it('holds the same orders, payments, refunds and cases, although one topic comes before the other', async () => {
    const first = await open();
    for (let n = 0; n < 5; n++) for (const tell of stories(first, `O-${n}`, String(n))) await tell();
    await first.settled();
    const second = await open();
    for (const topic of topics) for (const record of first.world.bus.heard(topic)) await feed(second, record);
    await second.settled();
    for (const table of ['orders', 'payments', 'refunds', 'cases'])
      expect(await rowsOf(second, table)).toEqual(await rowsOf(first, table));
    expect(await rowsOf(second, 'payments')).toHaveLength(6);
  });

  const feed = (to: Harness, { topic, key, headers, data }: Heard) =>
    to.world.bus.sendRaw(
      topics.find(({ name }) => name === topic)!,
      { key, value: JSON.stringify(data), headers: { ...headers } },
    );

  const rowsOf = async ({ world }: Harness, table: string) =>
    (await world.rows<{ row: string }>(`select t::text as row from ${table} t order by 1`)).map(({ row }) => row);
});

/** Each has another outcome; none depends on which topic is read first. */
function stories(to: Harness, orderId: string, n: string): (() => Promise<unknown>)[] {
  const [id, a, b] = [`ps_${n}`, `pay-${n}a`, `pay-${n}b`];
  const pay = () => to.succeeded(orderId, id, a);
  const duplicate = () => to.succeeded(orderId, id, b);
  const byNumber: Record<string, (() => Promise<unknown>)[]> = {
    0: [() => to.sealed(orderId), pay, () => to.drained(orderId)],
    1: [() => to.refunded(orderId, id, [a, 'rf_1', '60']), pay, () => to.returned(orderId, id, [a, 're_1', '100'])],
    2: [pay, duplicate, () => to.refunded(orderId, id, [b, 'rf_2', '160'])],
    3: [() => to.sealed(orderId), () => to.otherAmount(orderId, id, a), () => to.drained(orderId)],
    4: [pay, () => to.attention(orderId, id, 'refund-no-answer', { paymentId: a, reference: 'rf_4' })],
  };
  return byNumber[n]!;
}
