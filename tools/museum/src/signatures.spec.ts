import { generateKeyPairSync } from 'node:crypto';
import { orders, payments } from '@kasir/contracts';
import { type House, openHouse } from '@kasir/stories';
import { paymentNotification } from '@kasir/testing';
import { day, minute, Purchase, second } from './purchase.specs.js';
import { paymentsPath, refundsPath, tellTheEar } from './voice.js';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

/** An order whose payment session is open, and what Antom would say if it were paid. */
async function unpaid(orderId: string) {
  const purchase = await Purchase.begin(house, orderId);
  const id = await purchase.open();
  const news = { ...paymentNotification(id, `antom-${orderId}`, purchase.amount), shop: 'กาแฟ ของ Mika / ☕' };
  return { purchase, id, news };
}

async function changedNothing({ purchase, id }: { purchase: Purchase; id: string }): Promise<void> {
  await house.settle();
  expect(purchase.types(payments)).toEqual([]);
  expect(purchase.types(orders)).toEqual([]);
  expect((await purchase.app.session(id)).status).toBe('created');
}

/** ASCII only, as some senders write it. */
const escaped = (text: string): string =>
  text.replaceAll(/[^ -~]/g, (letter) => String.raw`\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

const spellings: [string, string, (news: object) => string][] = [
  ['J1 alipay/global-open-sdk-php#5', 'with blanks and line ends', (news) => `${JSON.stringify(news, null, 2)}\n`],
  ['J2 alipay/alipay-sdk-nodejs-all#30', 'with escaped letters', (news) => escaped(JSON.stringify(news))],
  ['J3 stripe/stripe-node#331', 'with escaped slashes', (news) => JSON.stringify(news).replaceAll('/', String.raw`\/`)],
  [
    'J4 alipay/alipay-easysdk#237',
    'with a field that nobody expects, and its fields the other way round',
    (news) => JSON.stringify(Object.fromEntries(Object.entries({ ...news, sign_type: 'RSA256' }).reverse())),
  ],
];

const contentTypes = ['application/json; charset=UTF-8', 'text/plain', 'application/octet-stream', 'APPLICATION/JSON'];

describe('J. Signature and raw body', () => {
  it.each(spellings)('%s: a body %s is written anew before it is verified', async (thread, _, spell) => {
    const { purchase, news } = await unpaid(thread.slice(0, 2));
    expect(await tellTheEar(house, spell(news))).toBe(200);
    await purchase.isPaidOnce();
  });

  it('J5 golevelup/nestjs#425: a body parser eats the bytes that were signed', async () => {
    const { purchase, news } = await unpaid('J5');
    for (const type of contentTypes)
      expect([type, await tellTheEar(house, news, { headers: { 'content-type': type } })]).toEqual([type, 200]);
    await purchase.isPaidOnce();
  });

  it('J6 after stripe/stripe-node#331: the check is made lenient, and one changed byte is not noticed', async () => {
    const order = await unpaid('J6');
    const body = JSON.stringify(order.news);
    const { value } = order.purchase.amount;
    for (const changed of [body.replace(value, `9${value.slice(1)}`), `${body} `, body.slice(0, -1)])
      expect(await tellTheEar(house, changed, { signedBody: body })).toBe(401);
    await changedNothing(order);
  });

  it('J7 after alipay/alipay-sdk-nodejs-all#27: the check is made lenient, and a signature by any key will do', async () => {
    const order = await unpaid('J7');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(await tellTheEar(house, order.news, { key: privateKey })).toBe(401);
    expect(await tellTheEar(house, order.news, { headers: { signature: 'algorithm=none,signature=' } })).toBe(401);
    await changedNothing(order);
  });

  it('J8 after ThallesP/nestjs-better-auth#101: what was signed for one address or merchant is taken at another', async () => {
    const order = await unpaid('J8');
    expect(await tellTheEar(house, order.news, { signedPath: refundsPath })).toBe(401);
    expect(await tellTheEar(house, order.news, { path: `${paymentsPath}?merchant=me`, signedPath: paymentsPath })).toBe(
      401,
    );
    expect(await tellTheEar(house, order.news, { headers: { 'client-id': 'SANDBOX_5X11111111111111' } })).toBe(401);
    await changedNothing(order);
  });

  it('J9 after stripe/stripe-node#1390: a webhook of long ago is believed because it is signed', async () => {
    const order = await unpaid('J9');
    const at = new Date(house.clock.now().getTime() - 2 * day);
    expect(await tellTheEar(house, order.news, { at })).toBe(200);
    await changedNothing(order);
    const asked = house.antom
      .journal()
      .filter((entry) => JSON.stringify(entry).includes('inquiryPayment') && JSON.stringify(entry).includes(order.id));
    expect(asked.length).toBeGreaterThan(0);
    house.antom.rule({ scenario: 'lost_notify', match: order.id });
    house.antom.pay(order.id);
    await house.pass(10 * minute, 5 * minute);
    await order.purchase.isPaidOnce();
  });

  it('J10 alipay/global-open-sdk-php#173: a success without a signature is taken for an answer', async () => {
    const order = await unpaid('J10');
    house.antom.rule({ scenario: 'lost_notify', match: order.id });
    house.antom.pay(order.id);
    for (const fault of ['unsigned', 'bad signature'] as const)
      house.antom.disturb({ fault, call: 'inquiryPayment', match: order.id, when: 'after' });
    await order.purchase.app.returned(order.id);
    await changedNothing(order);
    await house.pass(4 * second, 4 * second);
    await changedNothing(order);
    await house.pass(4 * second, 4 * second);
    await order.purchase.isPaidOnce();
  });
});

describe('Traps that well-known systems fell into', () => {
  it('Convoy: what was understood is kept, and the signed bytes are gone', async () => {
    const { purchase, id, news } = await unpaid('convoy');
    const body = `  ${JSON.stringify(news, null, 3)}\r\n`;
    expect(await tellTheEar(house, body)).toBe(200);
    const [kept] = await house.rows<{ body: Buffer }>('notification', 'select body from webhooks where about like $1', [
      `%${id}%`,
    ]);
    expect(kept?.body.toString('utf8')).toBe(body);
    await purchase.isPaidOnce();
  });

  it('a notice with result S that only says "pending" is taken for money', async () => {
    const { purchase, id, news } = await unpaid('pending');
    const pending = { ...news, notifyType: 'PAYMENT_PENDING', paymentTime: undefined };
    expect(await tellTheEar(house, pending)).toBe(200);
    await purchase.becomes(id, 'pending');
    await house.settle();
    expect(purchase.types(orders)).toEqual([]);
    expect(purchase.types(payments)).toEqual(['PaymentPending']);
  });
});
