import { ask, aSimulator, at, call, cappuccino, stopSimulators } from './fixtures/merchant.specs.js';
import { aReceiver, type Receiver, stopReceivers } from './fixtures/receiver.specs.js';
import { type Simulator, VirtualTime } from './index.js';

const id = 'PAY_20230803165257496';
let time: VirtualTime;
let antom: Simulator;
let webhook: Receiver;

beforeEach(async () => {
  time = new VirtualTime(new Date('2026-01-01T00:00:00Z'));
  antom = await aSimulator({ clock: time, timer: time });
  webhook = await aReceiver();
});
afterEach(async () => {
  await stopSimulators();
  await stopReceivers();
});

const open = (body = cappuccino()) => call(antom, { ...body, paymentNotifyUrl: webhook.url });
const inquire = () => ask(antom, 'inquiryPayment', { paymentRequestId: id });
const amountSaid = async (n = 1) =>
  (JSON.parse((await webhook.delivery(n)).body) as { paymentAmount: object }).paymentAmount;
const control = async (path: string, body: object = {}) => {
  const response = await fetch(`${antom.url}/_sim/${path}`, { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const thb = (value: string) => ({ value, currency: 'THB' });

describe('a buyer who pays another amount than was asked for', () => {
  it.each([
    ['underpay', undefined, '159'],
    ['underpay', '100', '100'],
    ['overpay', undefined, '161'],
    ['overpay', '16000', '16000'],
  ] as const)('is charged that, and everybody is told so: %s %s', async (act, value, paid) => {
    await open();
    const charge = antom[act](id, value);
    expect(charge.amount).toEqual(thb(paid));
    expect(antom.ledger()).toEqual([charge]);
    expect(await amountSaid()).toEqual(thb(paid));
    expect(await inquire()).toMatchObject({ paymentStatus: 'SUCCESS', paymentAmount: thb(paid) });
  });

  it.each(['underpay', 'overpay'] as const)('does so over HTTP, and once: %s', async (act) => {
    await open();
    const value = { underpay: '1', overpay: '320' }[act];
    const first = await control(`sessions/${id}/${act}`, { value });
    expect(first).toMatchObject({ status: 200, body: { kind: 'charge', amount: thb(value) } });
    expect(await control(`sessions/${id}/${act}`)).toEqual(first);
    expect(await control(`sessions/${id}/pay`)).toEqual(first);
    expect(antom.ledger()).toHaveLength(1);
  });

  it('pays rupiah in whole ones', async () => {
    await open(at('BNI', 'IDR', '1500000'));
    expect(antom.underpay(id).amount).toEqual({ value: '1499900', currency: 'IDR' });
    await open(at('BNI', 'IDR', '1500000', { paymentRequestId: 'second' }));
    expect(antom.overpay('second').amount).toEqual({ value: '1500100', currency: 'IDR' });
  });

  it.each([
    ['underpay', '160', 'less than the 160'],
    ['underpay', '0', 'less than the 160'],
    ['underpay', '-5', 'less than the 160'],
    ['overpay', '160', 'more than the 160'],
    ['overpay', '1.70', 'more than the 160'],
  ])('cannot %s with %s, and nothing happens to the session', async (act, value, message) => {
    await open();
    const { status, body } = await control(`sessions/${id}/${act}`, { value });
    expect([status, body['error']]).toEqual([400, expect.stringContaining(message)]);
    expect(antom.sessions()).toMatchObject([{ status: 'open' }]);
    expect(antom.ledger()).toEqual([]);
  });

  it('is given back what was paid, and not what was asked for', async () => {
    await open(at('BPI', 'PHP', '2500'));
    const { paymentId } = antom.underpay(id, '2000');
    const refund = (refundRequestId: string, value: string) =>
      ask(antom, 'refund', { refundRequestId, paymentId, refundAmount: { value, currency: 'PHP' } });
    expect((await refund('R1', '2001')).result?.resultCode).toBe('REFUND_AMOUNT_EXCEED');
    expect((await refund('R2', '2000')).result?.resultStatus).toBe('S');
    expect(antom.ledger()).toMatchObject([
      { kind: 'charge', amount: { value: '2000' } },
      { kind: 'refund', amount: { value: '2000' } },
    ]);
  });

  it('is given back all of it by a cancel', async () => {
    await open(at('BPI', 'PHP', '2500'));
    antom.overpay(id, '3000');
    expect((await ask(antom, 'cancel', { paymentRequestId: id })).result?.resultStatus).toBe('S');
    expect(antom.ledger()).toMatchObject([{ kind: 'charge' }, { kind: 'refund', amount: { value: '3000' } }]);
    expect(await inquire()).toMatchObject({
      paymentStatus: 'CANCELLED',
      paymentAmount: { value: '3000' },
      transactions: [{ transactionType: 'CANCEL', transactionAmount: { value: '3000' } }],
    });
  });

  it('was asked for the whole amount as long as an inquiry knows no better', async () => {
    await open();
    antom.rule({ scenario: 'inquiry_stale' });
    antom.underpay(id);
    expect(await inquire()).toMatchObject({ paymentStatus: 'PROCESSING', paymentAmount: thb('160') });
    expect(await inquire()).toMatchObject({ paymentStatus: 'SUCCESS', paymentAmount: thb('159') });
  });

  it.each([
    ['less', '159'],
    ['more', '161'],
  ])('can be somebody who transfers the money: %s', async (answer, paid) => {
    await open();
    const { paymentId } = antom.submit(id, 'BANKTRANSFER_SIAMCOMMERCIALBANK');
    const bank = `${antom.url}/bank/${paymentId}`;
    expect(await (await fetch(bank)).text()).toContain(`value="${answer}"`);
    await fetch(bank, { method: 'POST', body: new URLSearchParams({ does: 'answer', answer }) });
    expect(antom.ledger()).toMatchObject([{ amount: thb(paid) }]);
  });

  it('is nobody who confirms in an app, where the bank fills the amount in', async () => {
    await open();
    const { paymentId } = antom.submit(id, 'BANKAPP_SIAMCOMMERCIALBANK');
    const page = await (await fetch(`${antom.url}/bank/${paymentId}`)).text();
    expect(page).toContain('value="pay"');
    expect(page).not.toMatch(/value="(less|more)"/);
  });
});

describe('a rule that another amount is paid', () => {
  it.each([
    ['underpay', {}, '159'],
    ['underpay', { value: '80' }, '80'],
    ['overpay', {}, '161'],
    ['overpay', { value: '200' }, '200'],
  ] as const)('goes before what the buyer wants: %s %j', async (scenario, details, paid) => {
    antom.rule({ scenario, ...details });
    await open();
    expect(antom.pay(id).amount).toEqual(thb(paid));
    expect(await amountSaid()).toEqual(thb(paid));
  });

  it('waits for a payment of which the amount is less', async () => {
    antom.rule({ scenario: 'underpay', value: '200' });
    await open();
    expect(antom.pay(id).amount).toEqual(thb('160'));
    await open(at('Siam Commerical Bank', 'THB', '300', { paymentRequestId: 'dearer' }));
    expect(antom.pay('dearer').amount).toEqual(thb('200'));
  });

  it.each(['0', '1.50', 'half'])('is refused with the value %s', async (value) => {
    const { status, body } = await control('scenarios', { scenario: 'underpay', value });
    expect([status, body['error']]).toEqual([400, expect.stringContaining('value must be minor units')]);
  });

  it('is another thing than news of a wrong amount, which comes on top of it', async () => {
    antom.rule({ scenario: 'overpay', value: '300' });
    antom.rule({ scenario: 'wrong_amount' });
    await open();
    expect(antom.pay(id).amount).toEqual(thb('300'));
    expect(await amountSaid()).toEqual(thb('301'));
  });
});
