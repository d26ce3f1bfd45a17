import { aSimulator, at, call, cappuccino, stopSimulators } from './fixtures/merchant.specs.js';
import { type Simulator, VirtualTime } from './index.js';
import { pagesCss } from './pages/assets/pages-css.js';
import { languages } from './pages/words/languages.js';

const id = 'PAY_20230803165257496';
const minute = 60_000;
const scb = 'SIAMCOMMERCIALBANK';
let time: VirtualTime;
let antom: Simulator;

beforeEach(async () => {
  time = new VirtualTime(new Date('2026-01-01T00:00:00Z'));
  antom = await aSimulator({ clock: time, timer: time });
});
afterEach(stopSimulators);

const open = async (changes: object = {}) =>
  String((await call(antom, cappuccino(changes))).body['paymentSessionData'])
    .split('&&')
    .slice(0, 3)
    .join('&&');
const region = (code: string) => ({
  paymentMethod: { paymentMethodType: 'BANK', paymentMethodMetaData: { paymentMethodRegion: code } },
});

const gateway = async (operation: string, wish: object, envInfo: object = { terminalType: 'WEB', locale: 'th_TH' }) => {
  const response = await fetch(`${antom.url}/mgw.htm`, {
    method: 'POST',
    headers: { origin: 'https://coffee.example', 'operation-type': `com.ipay.iexpcashier.${operation}` },
    body: JSON.stringify([{ ...wish, envInfo }]),
  });
  return {
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown> & { methods: object[] },
  };
};
const query = (paymentSessionData: string, envInfo?: object) =>
  gateway('sdkAction.query', { paymentSessionData }, envInfo);
const submit = (paymentSessionData: string, paymentMethodType: string, envInfo?: object) =>
  gateway('cashier.submitPayByPaymentSession', { paymentSessionData, paymentMethodType }, envInfo);

const get = async (path: string) => {
  const response = await fetch(antom.url + path, { redirect: 'manual' });
  return { status: response.status, text: await response.text() };
};
const fill = async (paymentId: string, form: Record<string, string>) => {
  const response = await fetch(`${antom.url}/bank/${paymentId}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(form),
  });
  return { status: response.status, to: response.headers.get('location'), text: await response.text() };
};
const atBank = async (method: string, changes: object = {}) => {
  await open({ ...region('TH'), ...changes });
  return antom.submit(id, method).paymentId!;
};

it('brings Thai letters along for machines that have none', async () => {
  const styles = (await get('/_sim/assets/pages.css')).text;
  const [, font] = /url\("([^"]+400[^"]+)"\)/.exec(styles) ?? [];
  const response = await fetch(antom.url + font);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'font/woff2']);
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(bytes.subarray(0, 4).toString('latin1')).toBe('wOF2');
  expect(bytes.length).toBeGreaterThan(5_000);
});

describe('the gateway of the web SDK', () => {
  it('may be asked by any shop, and shows it the headers that the SDK reads', async () => {
    const preflight = await fetch(`${antom.url}/mgw.htm`, {
      method: 'OPTIONS',
      headers: { origin: 'https://coffee.example', 'access-control-request-headers': 'operation-type,version' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toBe('operation-type,version');
    const { headers } = await query(await open());
    expect(headers.get('access-control-allow-origin')).toBe('https://coffee.example');
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('access-control-expose-headers')).toBe('Result-Status, Mgw-TraceId, Tips, Memo');
    expect(headers.get('result-status')).toBe('1000');
  });

  it('lists the banks of a session, on a desktop without apps', async () => {
    const key = await open(region('TH'));
    const desktop = await query(key);
    expect(desktop.body).toMatchObject({ success: true, single: false, amount: 'THB\u00a01.60' });
    expect(desktop.body.methods).toHaveLength(11);
    expect((await query(key, { terminalType: 'WAP' })).body.methods).toHaveLength(15);
  });

  it('leaves no choice where the shop has chosen the bank, and says why a bank does not take the amount', async () => {
    const single = await query(await open());
    expect(single.body['single']).toBe(true);
    expect(single.body.methods).toMatchObject([{ code: `ONLINEBANKING_${scb}` }, { code: `BANKTRANSFER_${scb}` }]);
    const tooLittle = at('Maybank', 'IDR', '900000', { paymentRequestId: 'jakarta' });
    const key = String((await call(antom, tooLittle)).body['paymentSessionData']);
    const jakarta = await query(key.split('&&').slice(0, 3).join('&&'));
    expect(jakarta.body['single']).toBe(false);
    expect(jakarta.body.methods).toEqual([
      {
        code: 'BANKTRANSFER_MAYBANK',
        bank: 'Maybank',
        category: 'BANK_TRANSFER',
        problem: 'EXCEED_CHANNEL_LIMIT_RULE',
      },
    ]);
  });

  it('begins the payment, and leads to the bank in the buyer’s language', async () => {
    const key = await open(region('TH'));
    const { body } = await submit(key, `ONLINEBANKING_${scb}`);
    const [session] = antom.sessions();
    expect(session).toMatchObject({ status: 'submitted', method: `ONLINEBANKING_${scb}` });
    const normalUrl = `${antom.url}/bank/${session!.paymentId}?lang=th`;
    expect(body).toEqual({ success: true, redirect: { normalUrl, schemeUrl: '', applinkUrl: '' } });
    const phone = await submit(key, `BANKAPP_${scb}`, { terminalType: 'WAP', locale: 'in_ID' });
    expect(phone.body['redirect']).toMatchObject({ applinkUrl: expect.stringContaining('?lang=id') });
  });

  it('knows no session that is over, that never was, or that does not have this bank', async () => {
    const over = { success: false, errorCode: 'INQUIRY_PAYMENT_SESSION_FAILED' };
    expect((await query('a&&SG&&188')).body).toMatchObject(over);
    const key = await open();
    expect((await submit(key, 'BANKTRANSFER_BNI')).body).toMatchObject({ success: false, errorCode: 'PARAM_ILLEGAL' });
    time.advance(60 * minute);
    expect((await query(key)).body).toMatchObject(over);
    expect((await submit(key, `ONLINEBANKING_${scb}`)).body).toMatchObject(over);
  });

  it('fails as rules want: gateway_error, session_expired, closed_popup, app_not_installed', async () => {
    const key = await open();
    antom.rule({ scenario: 'gateway_error' });
    antom.rule({ scenario: 'session_expired' });
    antom.rule({ scenario: 'closed_popup' });
    antom.rule({ scenario: 'app_not_installed' });
    expect((await query(key)).headers.get('result-status')).toBe('3000');
    expect((await query(key)).body).toMatchObject({ errorCode: 'INQUIRY_PAYMENT_SESSION_FAILED' });
    expect((await query(key)).body).toMatchObject({ success: true, pageFault: 'closed popup' });
    const { body } = await submit(key, `BANKAPP_${scb}`, { terminalType: 'WAP' });
    expect(body['redirect']).toMatchObject({ schemeUrl: 'simulated-bank://pay', applinkUrl: '' });
  });
});

describe('a bank', () => {
  it('asks for a log-in online, takes any, and then asks to confirm', async () => {
    const paymentId = await atBank(`ONLINEBANKING_${scb}`);
    expect((await get(`/bank/${paymentId}?lang=en`)).text).toContain('type="password"');
    const incomplete = await fill(paymentId, { does: 'log in', user: 'mika', password: '', lang: 'en' });
    expect([incomplete.status, incomplete.text]).toEqual([422, expect.stringContaining('role="alert"')]);
    const complete = await fill(paymentId, { does: 'log in', user: 'mika', password: 'x', lang: 'id' });
    expect([complete.status, complete.to]).toEqual([303, `/bank/${paymentId}?lang=id&step=confirm`]);
    expect((await get(complete.to!)).text).toContain('Konfirmasi');
  });

  it.each([
    ['pay', 'paid', 'SUCCESS'],
    ['balance', 'refused', 'USER_BALANCE_NOT_ENOUGH'],
    ['risk', 'refused', 'RISK_REJECT'],
    ['later', 'pending', 'SUCCESS'],
  ])('answers "%s" as the buyer chose, and sends the buyer back to the shop', async (answer, status, code) => {
    const paymentId = await atBank(`BANKAPP_${scb}`);
    const left = await fill(paymentId, { does: 'answer', answer, lang: 'en' });
    expect([left.status, left.to]).toEqual([303, 'https://coffee.example/return']);
    expect(antom.sessions()).toMatchObject([{ status, code }]);
  });

  it('lets the buyer give up', async () => {
    const paymentId = await atBank(`ONLINEBANKING_${scb}`);
    await fill(paymentId, { does: 'cancel', lang: 'en' });
    expect(antom.sessions()).toMatchObject([{ status: 'refused', code: 'ORDER_IS_CANCELED' }]);
  });

  it('shows a number to transfer to, the exact amount and the end of its time, and sends nobody back', async () => {
    const paymentId = await atBank(`BANKTRANSFER_${scb}`);
    const { text } = await get(`/bank/${paymentId}?lang=en`);
    expect(text).toContain(`data-copies="8${paymentId.slice(-15)}"`);
    expect(text).toContain('THB\u00a01.60');
    expect(text).toMatch(/Jan 3, 2026.*7:00:00.*GMT\+7/);
    const left = await fill(paymentId, { does: 'answer', answer: 'pay', lang: 'en' });
    expect([left.status, left.to]).toEqual([200, null]);
    expect(left.text).toContain('You may close this page.');
  });

  it('has nothing left to do when it is over, and says so', async () => {
    const paymentId = await atBank(`BANKAPP_${scb}`);
    time.advance(14 * minute);
    expect((await get(`/bank/${paymentId}?lang=en`)).text).toContain('The time for this payment is over.');
    const late = await fill(paymentId, { does: 'answer', answer: 'pay', lang: 'en' });
    expect(late.status).toBe(409);
    expect(antom.ledger()).toEqual([]);
    expect((await get('/bank/404')).status).toBe(404);
    expect((await fill('404', {})).status).toBe(404);
  });

  it('refuses a form that says nothing', async () => {
    expect((await fill(await atBank(`BANKAPP_${scb}`), { does: 'answer', answer: 'toString' })).status).toBe(422);
  });

  it.each([
    ['no_return', 'Go back to the shop by yourself.'],
    ['return_in_other_browser', 'target="_blank"'],
  ] as const)('does not send the buyer back where a rule says so: %s', async (scenario, said) => {
    antom.rule({ scenario });
    const paymentId = await atBank(`BANKAPP_${scb}`);
    const left = await fill(paymentId, { does: 'answer', answer: 'pay', lang: 'en' });
    expect([left.to, left.text]).toEqual([null, expect.stringContaining(said)]);
    expect(antom.ledger()).toHaveLength(1);
  });

  it('prints what the shop sent as text, never as a piece of the page', async () => {
    const order = { ...cappuccino().order, orderDescription: '<script>alert("1")</script>' };
    const { text } = await get(`/bank/${await atBank(`BANKAPP_${scb}`, { order })}`);
    expect(text).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
    expect(text).not.toContain('<script>alert');
  });

  it('never leads to an address that is a program', async () => {
    antom.rule({ scenario: 'return_in_other_browser' });
    const paymentId = await atBank(`BANKAPP_${scb}`, { paymentRedirectUrl: 'javascript:alert(1)' });
    expect((await fill(paymentId, { does: 'answer', answer: 'pay' })).text).not.toContain('javascript:');
  });
});

describe('every page', () => {
  const pages = async () => {
    const paymentId = await atBank(`ONLINEBANKING_${scb}`);
    const steps = ['', '&step=confirm'].flatMap((step) =>
      Object.keys(languages).map((lang) => `/bank/${paymentId}?lang=${lang}${step}`),
    );
    const addresses = ['/cashier?locale=th_TH', ...steps, '/_sim/', '/_sim/journal/page', '/bank/404'];
    return Promise.all(addresses.map(async (address) => ({ address, ...(await get(address)) })));
  };

  it('is marked as a simulator’s, names its language, fits a phone and loads nothing from elsewhere', async () => {
    for (const { text } of await pages()) {
      expect(text).toMatch(/<html lang="(en|th|id)">/);
      expect(text).toMatch(/<div class="banner" role="note"><strong>SIMULATOR/);
      expect(text).toContain('width=device-width');
      expect(text).not.toMatch(/(src|href)="https?:/);
    }
  });

  it('has one heading of the first rank, and a name for every field and button', async () => {
    for (const { text } of await pages()) {
      expect(text.match(/<h1/g)).toHaveLength(1);
      const fields = text.match(/<input(?![^>]*hidden)[^>]*>/g) ?? [];
      expect(text.match(/<label/g)?.length ?? 0).toBe(fields.length);
      expect(text).not.toMatch(/<button[^>]*><\/button>/);
    }
  });

  it('speaks every language in full', () => {
    const shape = (words: object): unknown =>
      Object.entries(words).map(([key, value]) => [
        key,
        typeof value === 'object' ? shape(value as object) : typeof value,
      ]);
    expect(shape(languages.th)).toEqual(shape(languages.en));
    expect(shape(languages.id)).toEqual(shape(languages.en));
  });

  it.each([
    ['text', '#1d2330', '#fff'],
    ['names', '#4b5563', '#fff'],
    ['names on grey', '#1d2330', '#f1f3f8'],
    ['app buttons', '#fff', '#1f4e8c'],
    ['online buttons', '#fff', '#0f5c4d'],
    ['transfer buttons', '#fff', '#6a3d00'],
    ['problems', '#9b1c1c', '#fff'],
    ['disabled buttons', '#4b5563', '#e5e7eb'],
    ['the banner', '#1d2330', '#ffd84d'],
  ])('can be read: %s', (_, ink, paper) => {
    expect(pagesCss).toContain(ink);
    expect(pagesCss).toContain(paper);
    expect(contrast(ink, paper)).toBeGreaterThanOrEqual(4.5);
  });

  it('for people shows the state and the journal', async () => {
    await atBank(`ONLINEBANKING_${scb}`);
    antom.pay(id);
    await antom.idle();
    const { text } = await get('/_sim/');
    for (const said of [id, 'ORDER_20230803165257496', 'THB\u00a01.60', 'charge', 'payment paid'])
      expect(text).toContain(said);
    expect((await get('/_sim/journal/page')).text).toContain('resultCode: SUCCESS');
  });
});

/** The contrast of two colours after WCAG 2. */
function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const digits =
    colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit) : colour.slice(1).match(/../g)!;
  const [red, green, blue] = digits
    .map((digit) => parseInt(digit, 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
