import { orders, payments } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import { type Browser, type BrowserContextOptions, devices } from 'playwright-core';
import { isLoopback, openBrowser, openWindow, type Window } from './web-sdk-browser.specs.js';
import { askForSession, type BankChoice, Checkout } from './web-sdk-checkout.specs.js';
import { openShop, type Shop, sdkSha256, sha256OfSdk } from './web-sdk-shop.specs.js';
import { openWorld, type World } from './world.js';

describe("Antom's own web SDK, in a browser, through the whole of Kasir", () => {
  let world: World;
  let shop: Shop;
  let browser: Browser;
  let window: Window;
  let checkout: Checkout;

  beforeAll(async () => {
    [world, shop, browser] = await Promise.all([openWorld(), openShop(), openBrowser()]);
  }, 300_000);
  afterEach(() => window?.close());
  afterAll(async () => {
    await browser?.close();
    await Promise.all([world?.stop(), shop?.stop()]);
  }, 300_000);

  it('is the one that Antom publishes', () => {
    expect(sha256OfSdk()).toBe(sdkSha256);
  });

  it('pays: the order is paid, and only this machine was reached', async () => {
    const session = await visit('WEB-PAID', { bankChoice: { bankName: 'Siam Commerical Bank' } });
    const { page } = window;
    await checkout.begin(session.sessionData!);
    await page.waitForURL('**/bank/**');
    await window.keep('2-log-in');
    await page.getByLabel('User name').fill('mika');
    await page.getByLabel('Password').fill('anything');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('heading', { name: /confirm the payment/ }).waitFor();
    await window.keep('3-confirm');
    const goesBack = page.waitForRequest(/thank-you/);
    await page.getByRole('button', { name: 'Confirm' }).click();
    await goesBack;
    await eventually(() => expect(said('OrderPaid')).toContain('WEB-PAID'), 60_000);
    expect(await world.ledger()).toMatchObject([{ paymentRequestId: session.id, referenceOrderId: 'WEB-PAID' }]);
    expect([...window.reached].filter((host) => !isLoopback(host))).toEqual([]);
    expect(window.blocked.size).toBeGreaterThan(0);
  }, 300_000);

  it('is refused in the banking app of a phone, in Thai: the order is not paid', async () => {
    const session = await visit('WEB-REFUSED', { device: devices['Pixel 7'] });
    await checkout.begin(session.sessionData!, 'th_TH');
    await checkout.chooseBank('แอปธนาคาร', 'Bangkok Bank', /^ไปต่อที่ Bangkok/);
    const { page } = window;
    await page.getByRole('radio', { name: 'ยอดเงินในบัญชีไม่พอ' }).check();
    await window.keep('4-phone-in-thai');
    const goesBack = page.waitForRequest(/thank-you/);
    await page.getByRole('button', { name: 'ยืนยัน' }).click();
    await goesBack;
    await eventually(() => expect(failed()).toContain('WEB-REFUSED'), 60_000);
    expect(said('OrderPaid')).not.toContain('WEB-REFUSED');
  }, 300_000);

  it('is closed by the buyer: nothing is paid, and the shop hears of the closing alone', async () => {
    const session = await visit('WEB-CLOSED');
    await checkout.begin(session.sessionData!);
    await checkout.frame().getByRole('radio').first().waitFor();
    await window.keep('1-choose-a-bank');
    await eventually(async () => expect(await channels()).toContain('event SDK_END_OF_LOADING'));
    await checkout.close();
    await eventually(async () => expect(await channels()).toContain('close'));
    expect(await channels()).toEqual([
      'event SDK_START_OF_LOADING',
      'promise resolved',
      'event SDK_END_OF_LOADING',
      'close',
    ]);
    expect(await statusOf(session.id)).toBe('open');
  }, 300_000);

  it('meets a gateway that fails: the promise and the error say so, the loading never ends', async () => {
    const session = await visit('WEB-GATEWAY');
    await tellSimulator('scenarios', { scenario: 'gateway_error', match: session.id });
    await checkout.begin(session.sessionData!);
    await eventually(async () => expect(await channels()).toContain('promise rejected'));
    expect(await channels()).toEqual([
      'event SDK_START_OF_LOADING',
      'error SDK_CREATECOMPONENT_ERROR',
      'promise rejected',
    ]);
    expect(await checkout.heard()).toContainEqual({ channel: 'promise', code: 'rejected', errorCode: 'GATEWAY' });
    expect(await statusOf(session.id)).toBe('open');
  }, 300_000);

  it('does not take the session data of three parts that the manual shows', async () => {
    const session = await visit('WEB-THREE-PARTS');
    await checkout.begin(session.sessionData!.split('&&').slice(0, 3).join('&&'));
    await eventually(async () => expect(await channels()).toContain('promise rejected'));
    await eventually(async () => expect(await channels()).toContain('error SDK_CREATEPAYMENT_PARAMETER_ERROR'));
  }, 300_000);

  it('finds the session expired: the buyer is told, and nothing can be paid', async () => {
    const session = await visit('WEB-EXPIRED');
    await tellSimulator('clock/advance', { ms: 3_600_000 });
    await checkout.begin(session.sessionData!);
    await checkout.frame().getByRole('alert').filter({ hasText: 'This payment session has expired' }).waitFor();
    await window.keep('5-expired');
    expect(await checkout.frame().getByRole('radio').count()).toBe(0);
    expect(said('OrderPaid')).not.toContain('WEB-EXPIRED');
    expect(await statusOf(session.id)).toBe('open');
  }, 300_000);

  interface Visit {
    readonly bankChoice?: BankChoice;
    readonly device?: BrowserContextOptions;
  }

  async function visit(orderId: string, { bankChoice = { region: 'TH' }, device = {} }: Visit = {}) {
    const [session, opened] = await Promise.all([
      askForSession(world.kasir, orderId, bankChoice),
      openWindow(browser, device),
    ]);
    window = opened;
    checkout = new Checkout(window.page);
    await window.page.goto(shop.pageFor(world.kasir.simulatorUrl));
    return session;
  }

  const said = (type: string) =>
    world.bus
      .heard(orders)
      .filter((record) => record.type === type)
      .map(({ key }) => key);
  const failed = () =>
    world.bus
      .heard(payments)
      .filter(({ type }) => type === 'PaymentFailed')
      .map(({ key }) => key);

  const channels = async () =>
    (await checkout.heard()).map(({ channel, code }) => [channel, code].filter(Boolean).join(' '));

  const tellSimulator = (path: string, body: object) =>
    fetch(`${world.kasir.simulatorUrl}/_sim/${path}`, { method: 'POST', body: JSON.stringify(body) });

  const statusOf = async (id: string) =>
    ((await (await fetch(`${world.kasir.simulatorUrl}/_sim/sessions/${id}`)).json()) as { status: string }).status;
});
