import { Chaos, Crash } from '../chaos.js';
import { Random } from '../random.js';
import { Agenda } from './agenda.js';
import { Bank } from './bank.js';
import { Bus } from './bus.js';
import { Post } from './post.js';
import { type Housed, notification, order, type OrderHouse, paymentSession } from './services.js';
import { heardByApps, Shop } from './shop.js';
import { refundUpdate, AntomCalls } from './antom-calls.js';
import { Turns } from './turns.js';

const minute = 60_000;
const hour = 60 * minute;
/** From then on everything works. */
const healsAfterMs = 3 * 24 * hour;
/** Nothing may be left to do by then. */
const endsAfterMs = 20 * 24 * hour;
const mostSteps = 20_000;

/** One small world of orders, its services and its bank, that lives by a seed until nothing is left to happen. */
export class World {
  readonly agenda = new Agenda(new Date('2026-01-01T00:00:00.000Z'));
  readonly chaos: Chaos;
  readonly bus: Bus;
  readonly bank: Bank;
  readonly calls: AntomCalls;
  readonly shop: Shop;
  readonly post: Post;
  readonly mouth: Housed;
  readonly ear: Housed;
  readonly orders: OrderHouse;
  steps = 0;
  readonly #random: Random;
  readonly #turns: Turns;

  constructor(readonly seed: number) {
    const random = (this.#random = new Random(seed));
    const chaos = (this.chaos = new Chaos(random));
    const { agenda } = this;
    const bus = (this.bus = new Bus(random, chaos));
    this.bank = new Bank(agenda, random, chaos, {
      aboutPayment: (update, mayBeLost) => this.post.send(update, mayBeLost),
      aboutRefund: (refund) => this.post.sendRefund(refundUpdate(refund), !refund.outside),
    });
    const calls = (this.calls = new AntomCalls(this.bank, chaos));
    const turns = (this.#turns = new Turns(random));
    const surroundings = { bus, chaos, agenda, turns };
    const ear = notification(surroundings, calls);
    this.ear = ear;
    this.mouth = paymentSession(surroundings, calls);
    this.orders = order(surroundings);
    this.post = new Post(agenda, random, chaos, ear.unitOfWork);
    this.shop = new Shop({ agenda, random, bus, bank: this.bank, post: this.post, desk: this.orders.desk });
  }

  /** @throws Error when it does not come to rest */
  async live(): Promise<void> {
    const [born, dies] = [this.agenda.now().getTime(), this.agenda.now().getTime() + endsAfterMs];
    const count = this.#random.between(1, 4);
    for (let index = 1; index <= count; index += 1)
      this.agenda.in(this.#random.between(0, 5 * minute), () => this.shop.open(index));
    while (this.agenda.now().getTime() < dies && this.steps < mostSteps) {
      if (this.agenda.now().getTime() > born + healsAfterMs) this.chaos.end();
      if (!(await this.#step())) return;
    }
    throw new Error(`it did not come to rest in ${this.steps} steps, until ${this.agenda.now().toISOString()}`);
  }

  /** @returns false when nothing is left to happen */
  async #step(): Promise<boolean> {
    this.steps += 1;
    const actions = [
      ...this.#services.flatMap(({ service }) => service.actions()),
      ...this.bus.waiting('apps', heardByApps).map(({ event, done }) => () => {
        this.shop.hear(event);
        done();
      }),
      ...this.agenda.due(),
    ];
    const waits = actions.length > 0 && this.#random.chance(0.02);
    if (actions.length === 0 || waits) return this.#letTimePass(waits);
    if (this.#random.chance(0.01)) this.bus.rebalance(this.#random.pick(['payment-session', 'notification', 'order']));
    try {
      await this.#turns.together(this.#some(actions));
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
    return true;
  }

  /** One of them as a rule; now and then more at once, as several instances of the services do. */
  #some<Action>(actions: readonly Action[]): Action[] {
    const first = this.#random.pick(actions);
    const others = actions.filter((action) => action !== first);
    return others.length > 0 && this.#random.chance(0.25) ? [first, this.#random.pick(others)] : [first];
  }

  #letTimePass(hasWork: boolean): boolean {
    const now = this.agenda.now();
    const moments = [this.agenda.next, ...this.#services.flatMap(({ nextDue }) => nextDue())];
    const later = moments.filter((moment) => moment !== undefined && moment > now) as Date[];
    const next = later.reduce<Date | undefined>((a, b) => (a === undefined || b < a ? b : a), undefined);
    if (next === undefined) return hasWork;
    const shortly = new Date(now.getTime() + this.#random.between(1, minute));
    this.agenda.moveTo(hasWork && shortly < next ? shortly : next);
    return true;
  }

  get #services(): readonly Housed[] {
    return [this.mouth, this.ear, this.orders];
  }
}
