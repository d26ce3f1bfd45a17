import { Buyer } from './buyer.js';
import { Leg } from './leg.js';
import { type AnswerMessage, type CallMessage, type GeneratorCalls } from './protocol.js';
import { openShop, type Wanted } from './shop.js';
import { openTail, type Tail } from './tail.js';

const progressEveryMs = 1_000;
const send = (message: AnswerMessage) => process.send?.(message);
const fail = (): never => {
  throw new Error('the generator has no target, or no leg');
};

let buyer: Buyer | undefined;
let tail: Tail | undefined;
let sign: ((orderIds: readonly string[]) => Promise<Wanted[]>) | undefined;
let leg: Leg | undefined;
const paid = new Map<string, number>();
const eventIds = new Set<string>();
let redelivered = 0;

const calls: GeneratorCalls = {
  async open({ brokers, ordersTopic, gatewayUrls, simulatorUrl, shopKeyFile }) {
    buyer = new Buyer(gatewayUrls, simulatorUrl);
    sign = await openShop(shopKeyFile);
    tail = await openTail(brokers, ordersTopic, (type, orderId, id) => {
      if (type !== 'OrderPaid') return;
      if (eventIds.has(id)) return void (redelivered += 1);
      eventIds.add(id);
      paid.set(orderId, (paid.get(orderId) ?? 0) + 1);
      leg?.orderPaid(orderId);
    });
  },
  async prepare(order) {
    const ids = Array.from({ length: order.count }, (_, index) => `${order.name}-${index}`);
    leg = new Leg(order, await (sign ?? fail())(ids), buyer ?? fail());
  },
  async run() {
    const running = leg ?? fail();
    const timer = setInterval(() => send({ progress: running.progress() }), progressEveryMs);
    return running.run().finally(() => clearInterval(timer));
  },
  paidEvents: () => Promise.resolve({ counts: [...paid], redelivered }),
  ownRequests: () => Promise.resolve(tail?.requests ?? {}),
};

process.on('message', ({ id, call, args }: CallMessage) => {
  const work = calls[call] as (...given: readonly unknown[]) => Promise<unknown>;
  work(...args).then(
    (result) => send({ id, result }),
    (error: unknown) => send({ id, error: (error as Error).stack ?? String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
