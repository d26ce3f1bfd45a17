import { orders, payments } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import { ourBooks, theirBooks } from './books.js';
import { chooseTales } from './chosen-tales.js';
import { type House, openHouse } from './house.js';
import { App } from './shopper.js';
import { type Tale, tales as everyTale } from './tales.js';

const [second, minute, hour] = [1_000, 60_000, 3_600_000];
const atOnce = 8;
const { tales, said } = chooseTales(everyTale, process.env);
console.info(said);

describe('three days of orders, on which everything happens that can', () => {
  let house: House;
  const apps = new Map<string, App>();
  const sessions = new Map<string, string>();

  const open = async ({ orderId, amount, choice }: Tale) => {
    const app = await App.open(house, orderId, amount);
    apps.set(orderId, app);
    const { session } = await app.ask(choice);
    expect(session.orderId).toBe(orderId);
    sessions.set(orderId, session.id);
  };
  const haveAllOpened = async () => {
    const views = await Promise.all([...apps].map(([orderId, app]) => app.session(sessions.get(orderId)!)));
    return views.every(({ status }) => status !== 'requested');
  };
  const act = ({ orderId, buyer }: Tale) => {
    const id = sessions.get(orderId)!;
    if (buyer === 'pays' && house.antom.sessions().find((each) => each.paymentRequestId === id)?.status !== 'paid')
      payIgnoringTheBank(house, id);
  };

  beforeAll(async () => {
    house = await openHouse();
    for (const { rules } of tales) for (const rule of rules) house.antom.rule(rule);
    // Few at once: a service keeps a shopper waiting for a connection, but not for long.
    for (let told = 0; told < tales.length; told += atOnce)
      await Promise.all(tales.slice(told, told + atOnce).map(open));
    await eventually(async () => {
      await house.pass(second, second);
      if (!(await haveAllOpened())) throw new Error('a session is still asked for');
    }, 60_000);
    tales.forEach(act);
    await house.pass(5 * second, second);
    await house.pass(2 * hour, 5 * minute);
    await house.pass(70 * hour, hour);
  }, 300_000);
  afterAll(() => house.stop());

  const told = (orderId: string, topic = orders) =>
    house.bus.heard(topic).filter(({ data }) => data['orderId'] === orderId);

  it.each(tales)('$scenario by $way: the order ends as it should, once', async ({ orderId, ending }) => {
    const types = told(orderId).map(({ type }) => type);
    expect(types.filter((type) => type === 'OrderPaid')).toHaveLength(ending.order === 'paid' ? 1 : 0);
    const cases = told(orderId).filter(({ type }) => type === 'OrderNeedsAttention');
    expect(cases.map(({ data }) => data['kind'])).toEqual(ending.cases ?? []);
    expect((await apps.get(orderId)!.order()).status).toBe(ending.order);
  });

  it('leaves no attempt without an end', () => {
    const ended = ['PaymentSucceeded', 'PaymentExpired', 'PaymentCancelled'];
    const open = tales.filter(
      ({ orderId }) => !told(orderId, payments as never).some(({ type }) => ended.includes(type)),
    );
    expect(open.map(({ orderId }) => orderId)).toEqual([]);
  });

  it('says of the money what Antom knows of it, to the minor unit', () => {
    expect(ourBooks(house.bus)).toEqual(theirBooks(house.antom));
  });
});

/** What a rule makes of the buyer's wish is the rule's affair. */
function payIgnoringTheBank({ antom }: House, id: string): void {
  try {
    antom.pay(id);
  } catch (error) {
    if ((error as Error).name !== 'SimulatorRefusal' && !/a rule says/.test(String(error))) throw error;
  }
}
