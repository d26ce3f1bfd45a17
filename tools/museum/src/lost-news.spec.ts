import { orders, payments } from '@kasir/contracts';
import { type House, openHouse } from '@kasir/stories';
import { eventually, paymentNotification } from '@kasir/testing';
import { bankTransfer, day, hour, minute, Purchase, second } from './purchase.specs.js';
import { tellTheEar } from './voice.js';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

/** Paid at the bank, and Antom's notification of it is lost for good. */
async function paidInSilence(orderId: string): Promise<{ purchase: Purchase; id: string }> {
  const purchase = await Purchase.begin(house, orderId);
  const id = await purchase.open();
  house.antom.rule({ scenario: 'lost_notify', match: id });
  house.antom.pay(id);
  return { purchase, id };
}

/** The ear's database refuses rows of a table that are about a payment. @returns how to end that */
async function refuseRows(
  table: 'webhooks' | 'outcomes',
  name: string,
  about: string,
): Promise<() => Promise<unknown>> {
  const column = table === 'webhooks' ? 'about' : 'payment_request_id';
  await house.rows(
    'notification',
    `create function ${name}() returns trigger language plpgsql as $$ begin raise exception 'out of order'; end $$`,
  );
  await house.rows(
    'notification',
    `create trigger ${name} before insert on ${table} for each row when (new.${column} like '%${about}%') execute function ${name}()`,
  );
  return () => house.rows('notification', `drop trigger ${name} on ${table}`);
}

const letterAbout = (id: string) =>
  house.antom.notifications().find(({ paymentRequestId }) => paymentRequestId === id)!;

describe('D. Lost webhook, order stuck for ever', () => {
  it('D1 antiwork/flexile#1615: the webhook is lost, and the order waits for ever', async () => {
    const { purchase } = await paidInSilence('D1');
    await house.pass(5 * minute - second, 5 * minute - second);
    expect(purchase.types(payments)).toEqual([]);
    await house.pass(second, second);
    await purchase.isPaidOnce();
  });

  it('D2 mollie/magento2#327: only a button fetches the status', async () => {
    const { purchase, id } = await paidInSilence('D2');
    await purchase.app.returned(id);
    await purchase.isPaidOnce();
  });

  it('D3 after aasmanj/altarwed#209: the provider does not know yet, and nobody asks again', async () => {
    const { purchase, id } = await paidInSilence('D3');
    house.antom.rule({ scenario: 'inquiry_not_found_then_found', match: id });
    house.antom.rule({ scenario: 'inquiry_stale', match: id });
    await purchase.app.returned(id);
    await house.pass(12 * second, 4 * second);
    await purchase.isPaidOnce();
    expect(purchase.types(payments)).not.toContain('PaymentExpired');
  });

  it('D4 DistinctCodes/ManageHub#1332: nobody pays, nobody says so, and the order stays open', async () => {
    const purchase = await Purchase.begin(house, 'D4', { expiresInMs: hour });
    await purchase.open();
    await house.pass(70 * minute, 35 * minute);
    expect(purchase.types(payments)).toEqual(['PaymentExpired']);
    expect(purchase.types(orders)).toEqual(['OrderClosed']);
  });

  it('D5 after koala73/worldmonitor#4470: acknowledgements are lost, and the sender gives up', async () => {
    const purchase = await Purchase.begin(house, 'D5');
    const id = await purchase.open();
    house.antom.rule({ scenario: 'notify_after_merchant_500', match: id, deliveries: 3 });
    house.antom.pay(id);
    await house.pass(50 * minute, 10 * minute);
    expect(letterAbout(id)).toMatchObject({ acknowledged: true, deliveries: 4 });
    await purchase.isPaidOnce();
  });
});

describe('E. Dedupe that loses events', () => {
  it('E1 opengovsg/FormSG#8389: the first delivery fails, and the retry is called a duplicate', async () => {
    const purchase = await Purchase.begin(house, 'E1');
    const id = await purchase.open();
    const mend = await refuseRows('outcomes', 'museum_e1', id);
    house.antom.pay(id);
    await house.antom.idle();
    expect(letterAbout(id).acknowledged).toBe(false);
    expect(await house.rows('notification', 'select 1 from webhooks where about like $1', [`%${id}%`])).toEqual([]);
    await mend();
    await house.pass(2 * minute, minute);
    expect(letterAbout(id).acknowledged).toBe(true);
    await purchase.isPaidOnce();
  });

  it('E2 frappe/payments#240: deliveries that failed block everything after them', async () => {
    const [bad, good] = [await Purchase.begin(house, 'E2-bad'), await Purchase.begin(house, 'E2-good')];
    const [badId, goodId] = [await bad.open(), await good.open()];
    const mend = await refuseRows('webhooks', 'museum_e2', badId);
    const about = (id: string, { amount }: Purchase) => paymentNotification(id, `antom-${id}`.slice(0, 60), amount);
    const answers = await Promise.all([
      tellTheEar(house, about(badId, bad)),
      tellTheEar(house, about(goodId, good)),
      tellTheEar(house, about(badId, bad)),
    ]);
    expect(answers).toEqual([503, 200, 503]);
    await good.isPaidOnce();
    await mend();
    expect(await tellTheEar(house, about(badId, bad))).toBe(200);
    await bad.isPaidOnce();
  });

  it('E3 koala73/worldmonitor#4436: news of an unknown kind is recorded as processed, and hides what follows', async () => {
    const purchase = await Purchase.begin(house, 'E3');
    const id = await purchase.open();
    const known = paymentNotification(id, 'antom-e3', purchase.amount);
    expect(await tellTheEar(house, { ...known, notifyType: 'PAYMENT_PONDERED' })).toBe(200);
    await house.settle();
    expect(purchase.types(payments)).toEqual([]);
    expect(await tellTheEar(house, known)).toBe(200);
    await purchase.isPaidOnce();
  });

  it('E4 open-mercato/open-mercato#1343: a message is replayed with its id changed or left out', async () => {
    const purchase = await Purchase.begin(house, 'E4');
    const id = await purchase.open();
    const body = JSON.stringify(paymentNotification(id, 'antom-e4', purchase.amount));
    const at = house.clock.now();
    for (const headers of [{}, { 'x-request-id': 'another' }, { traceparent: '00-0-0-00' }, { 'trace-id': '' }])
      expect(await tellTheEar(house, body, { at, headers })).toBe(200);
    expect(await tellTheEar(house, body, { at, headers: { 'request-time': soon(second) } })).toBe(401);
    await purchase.isPaidOnce();
    expect(purchase.types(payments)).toEqual(['PaymentSucceeded']);
  });
});

describe('Traps that well-known systems fell into', () => {
  it('Hyperswitch: news of a payment that is not found is acknowledged and dropped', async () => {
    const mine = 'ps_nobody_has_announced';
    expect(await tellTheEar(house, paymentNotification(mine, 'antom-1'))).toBe(200);
    expect(await tellTheEar(house, paymentNotification('other-shop_1', 'antom-2'))).toBe(200);
    const seen = await house.operate<{ waiting: object[]; foreign: object[] }>('notification', 'waiting-news', {});
    expect(JSON.stringify(seen)).toContain(mine);
    const kept = await house.rows('notification', `select is_foreign from webhooks where about like '%other-shop_1%'`);
    expect(kept).toEqual([{ is_foreign: true }]);
  });

  it('Hyperswitch: an attempt fails because its time is over, though nobody has answered', async () => {
    const { purchase, id } = await paidInSilence('no-end');
    house.antom.disturb({ fault: 'error', call: 'inquiryPayment', match: id, times: 5 });
    await house.pass(3 * hour, hour);
    expect(purchase.types(payments)).toEqual([]);
    await eventually(async () => {
      await house.pass(hour, hour);
      expect(purchase.types(payments)).toEqual(['PaymentSucceeded']);
    });
    await purchase.isPaidOnce();
  });

  it('Kill Bill: polling ends in silence', async () => {
    const purchase = await Purchase.begin(house, 'silence');
    const id = await purchase.open(bankTransfer);
    house.antom.rule({ scenario: 'lost_notify', match: id });
    house.antom.disturb({ fault: 'error', match: id, times: 'always' });
    house.antom.submit(id);
    await house.pass(10 * day, day);
    expect(purchase.types(payments)).toEqual(['PaymentNeedsAttention']);
    expect(purchase.cases).toContain('no-answer');
    expect((await purchase.app.order()).status).toBe('closing');
  });
});

const soon = (ms: number): string => new Date(house.clock.now().getTime() + ms).toISOString();
