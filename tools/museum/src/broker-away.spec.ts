import { orders } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import { gateOf, refusalsIn, removeGates } from './messaging-gate.specs.js';
import { onAStreet } from './messaging-lab.specs.js';
import { openShop } from './messaging-shop.specs.js';
import { succeeds } from './messaging-words.specs.js';

// Silence is measured in monotonic time, which passes eight times as fast here.
const { performance: real } = globalThis;
const hurried = Object.assign(Object.create(real) as typeof real, { now: () => 8 * real.now() });
Object.defineProperty(globalThis, 'performance', { value: hurried, configurable: true });

afterAll(removeGates);

describe('I. The queue is away', () => {
  it.concurrent(
    'I1 Vexa-ai/vexa#520: the queue is away for 75 minutes, and what is said meanwhile is dropped in silence',
    onAStreet(async (street) => {
      const gate = await gateOf(street);
      const shop = await gate.behind(() => openShop(street));
      await eventually(async () => expect((await shop.ready()).status).toBe(200));
      gate.freeze();
      const said = shop.messaging.transaction((tx) => shop.messaging.outbox.say(tx, orders, orderClosed('I1')));
      await expect(said).resolves.toEqual(expect.any(String));
      await eventually(async () => {
        const { status, text } = await shop.ready();
        expect([status, text]).toEqual([503, expect.stringContaining('the broker has been silent')]);
      });
      expect(await shop.rows('select key from outbox')).toEqual([{ key: 'I1' }]);
      gate.reopen();
      await eventually(async () => expect((await shop.ready()).status).toBe(200));
      await eventually(async () => expect(await shop.rows('select key from outbox')).toEqual([]));
    }),
  );

  it.concurrent(
    'I2 the-momentum/open-wearables#1188: while the queue is away, the log fills with millions of lines',
    onAStreet(async (street) => {
      const gate = await gateOf(street);
      const bank = await street.party('notification');
      gate.shut();
      await gate.behind(() => Promise.resolve(bank.messaging.relay.start()));
      await bank.say('I2');
      const began = Date.now();
      await eventually(() => expect(refusalsIn(bank.lines)).toBeGreaterThan(8));
      const seconds = (Date.now() - began) / 1_000;
      expect(bank.lines.length / seconds).toBeLessThan(10);
      gate.reopen();
      await eventually(() => expect(street.saidOf('I2').length).toBeGreaterThan(0));
    }),
  );

  it.concurrent(
    'I3 svix/svix-webhooks#1844: the queue comes back, and its readers stay in limbo',
    onAStreet(async (street) => {
      const gate = await gateOf(street);
      const shop = await gate.behind(() => openShop(street));
      await succeeds(street, 'before');
      await eventually(async () => expect(await shop.ledger()).toEqual(['before']));
      gate.shut();
      await succeeds(street, 'meanwhile');
      await eventually(() =>
        expect(shop.lines.map(({ message }) => message)).toContainEqual(expect.stringMatching(/^Crash/)),
      );
      gate.reopen();
      await succeeds(street, 'after');
      await eventually(async () => expect((await shop.ledger()).sort()).toEqual(['after', 'before', 'meanwhile']));
      expect(shop.deaths).toEqual([]);
    }),
  );
});

const orderClosed = (orderId: string) => ({
  type: 'OrderNeedsAttention' as const,
  data: {
    ...{ orderId, caseId: `duplicate-payment/${orderId}`, kind: 'duplicate-payment' },
    ...{ paymentSessionId: 'ps_1', paymentId: 'pay-1', evidence: { seen: 'two' } },
    ...{ dueAt: '2026-11-23T08:00:00Z', openCases: 1 },
  },
  identity: orderId,
  at: new Date('2026-11-22T08:00:00Z'),
});
