import { type Simulator, startSimulator, VirtualTime } from '@kasir/antom-sim';
import { orders, payments, paymentSessions, sessionRequests } from '@kasir/contracts';
import { type Environment } from '@kasir/platform';
import { type Bus, freshTopics, openBus, openShop, queryOnce, type Shop } from '@kasir/testing';
import { type Account, openAccount } from './merchant.js';
import { type Operate, operator } from './operator.js';
import { watchForQuiet } from './quiet.js';
import { house, type Housed, type ServiceName } from './services.js';

/** The four services, a stand-in for Antom and a shop, in this process and on one clock that only we move. */
export interface House {
  readonly antom: Simulator;
  readonly bus: Bus;
  readonly shop: Shop;
  readonly gatewayUrl: string;
  /** Where Antom's webhooks go. */
  readonly earUrl: string;
  /** The merchant's account at Antom, with the keys of both sides. */
  readonly account: Account;
  readonly clock: VirtualTime;
  rows<Row extends object>(service: ServiceName, sql: string, params?: unknown[]): Promise<Row[]>;
  /** Asks a service for one of its operator's verbs. */
  readonly operate: Operate;
  /** Waits until nobody has anything left to do at this moment. */
  settle(): Promise<void>;
  /** Lets so much time pass, in steps, each of which is settled before the next. */
  pass(ms: number, stepMs: number): Promise<void>;
  stop(): Promise<void>;
}

/** What each service reads, for its consumer group is known by its name. */
const readers = {
  'payment-session': [sessionRequests, payments, orders],
  notification: [sessionRequests, paymentSessions],
  order: [paymentSessions, payments],
  gateway: [paymentSessions, payments, orders],
};

export async function openHouse(more: Environment = {}): Promise<House> {
  const clock = new VirtualTime(new Date());
  const account = openAccount();
  const antom = await startSimulator({ ...account, clock, timer: clock });
  const [shop, { prefix, brokers }] = [await openShop(), await freshTopics()];
  const bus = await openBus(prefix, [sessionRequests, paymentSessions, payments, orders]);
  const env = { ...account.env, ...surroundings, ...more };
  const places = {
    ANTOM_BASE_URL: antom.url,
    CHECKOUT_JWKS: shop.jwks,
    KAFKA_BROKERS: brokers.join(),
    TOPIC_PREFIX: prefix,
  };
  const housed = new Map<ServiceName, Housed>();
  const open = async (name: ServiceName, own: Environment = {}) => {
    const opened = await house(name, { ...env, ...places, ...own }, clock);
    housed.set(name, opened);
    return opened.service.url ?? '';
  };
  const ear = await open('notification');
  await open('payment-session', { ANTOM_NOTIFY_URL: `${ear}/webhooks/antom/payments` });
  await open('order');
  const gatewayUrl = await open('gateway');
  const databaseUrls = [...housed.values()].map(({ databaseUrl }) => databaseUrl);
  const quiet = await watchForQuiet({ antom, bus, prefix, readers, databaseUrls, clock });

  return {
    antom,
    bus,
    shop,
    gatewayUrl,
    earUrl: ear,
    account,
    clock,
    operate: operator((name) => housed.get(name)!.service.adminUrl, surroundings.OPERATOR_TOKEN),
    rows: (service, sql, params) => queryOnce(housed.get(service)!.databaseUrl, sql, params),
    settle: () => quiet.come(),
    async pass(ms, stepMs) {
      for (let left = ms; left > 0; left -= stepMs) {
        clock.advance(Math.min(stepMs, left));
        await quiet.come();
      }
    },
    async stop() {
      await Promise.all([...housed.values()].map(({ service }) => service.stop()));
      await Promise.all([quiet.close(), bus.close(), antom.stop()]);
    },
  };
}

const surroundings = {
  ADMIN_PORT: '0',
  OPERATOR_TOKEN: 'the-operator-of-the-house',
  PORT: '0',
  HOST: '127.0.0.1',
  PAYMENT_REDIRECT_URL: 'https://shop.example/thank-you',
  // What goes wrong here goes wrong for one payment; a breaker would let the others wait for it.
  ANTOM_BREAKER_FAULTS: '100000',
};
