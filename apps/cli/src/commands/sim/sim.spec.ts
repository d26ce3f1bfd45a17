import { generateKeyPairSync } from 'node:crypto';
import { type Simulator, startSimulator } from '@kasir/antom-sim';
import { eventually } from '@kasir/testing';
import { run } from '../../run.js';
import { commands } from '../table.js';
import { signedCall } from './signed-call.specs.js';

const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 });
const antomKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });

let antom: Simulator;
let said: string[];

beforeEach(async () => {
  said = [];
  antom = await startSimulator({
    clientId: 'SANDBOX_1',
    merchantPublicKey: merchant.publicKey,
    antomPrivateKey: antomKeys.privateKey,
    resendScheduleMs: [],
  });
  await signedCall(antom.url, merchant.privateKey, 'ps_1');
});
afterEach(() => antom.stop());

const kasir = (...args: string[]) =>
  run(args, commands, { env: { SIMULATOR_URL: antom.url }, say: (text) => said.push(text) });

describe('kasir sim', () => {
  it('pays, and pays once', async () => {
    expect(await kasir('sim', 'pay', 'ps_1')).toBe(0);
    expect(await kasir('sim', 'pay', 'ps_1')).toBe(0);
    expect(said[0]).toMatch(/^ps_1 is paid, as payment \d{29}$/);
    expect(said[1]).toBe(said[0]);
    expect(antom.ledger()).toHaveLength(1);
  });

  it.each([
    [['sim', 'underpay', 'ps_1'], '159'],
    [['sim', 'underpay', 'ps_1', '--value', '80'], '80'],
    [['sim', 'overpay', 'ps_1'], '161'],
    [['sim', 'overpay', 'ps_1', '--value', '320'], '320'],
  ])('pays another amount than was asked for: %j', async (args, value) => {
    expect(await kasir(...args)).toBe(0);
    expect(said[0]).toMatch(`ps_1 is paid with THB ${value} (minor units), as payment`);
    expect(antom.ledger()).toMatchObject([{ kind: 'charge', amount: { value, currency: 'THB' } }]);
  });

  it('says that less is not more', async () => {
    expect(await kasir('sim', 'overpay', 'ps_1', '--value', '80')).toBe(1);
    expect(said[0]).toContain('more than the 160 that were asked for');
    expect(antom.ledger()).toEqual([]);
  });

  it('refuses, with the code it was given', async () => {
    expect(await kasir('sim', 'refuse', 'ps_1', '--code', 'RISK_REJECT')).toBe(0);
    expect(said).toEqual(['ps_1 is refused: RISK_REJECT']);
  });

  it('says why the simulator does not do it, and that is a no', async () => {
    expect(await kasir('sim', 'pay', 'ps_404')).toBe(1);
    expect(said).toEqual(['there is no session ps_404']);
  });

  it('triggers a scenario for the payments it is meant for', async () => {
    const details = ['--match', 'ps_*', '--times', 'always', '--after', '5m', '--code', 'RISK_REJECT'];
    expect(await kasir('sim', 'trigger', 'pending_then_fail', ...details)).toBe(0);
    expect(said).toEqual(['rule 1: pending_then_fail, always']);
    await kasir('sim', 'pay', 'ps_1');
    expect(said[1]).toBe('ps_1 is pending: a rule says so');
    expect(antom.sessions()[0]?.then).toMatchObject({ outcome: 'refused', code: 'RISK_REJECT' });
  });

  it('lists what can be triggered, and says what cannot', async () => {
    expect(await kasir('sim', 'trigger', 'list')).toBe(0);
    expect(said[0]).toMatch(/lost_notify +the notification never arrives/);
    expect(await kasir('sim', 'trigger', 'explode')).toBe(1);
    expect(said[1]).toContain('scenario must be one of');
  });

  it('holds notifications and lets them go', async () => {
    await kasir('sim', 'hold', '--match', 'ps_*');
    await kasir('sim', 'pay', 'ps_1');
    expect(antom.notifications()).toMatchObject([{ deliveries: 0 }]);
    await kasir('sim', 'hold', '--release');
    await antom.idle();
    expect(antom.notifications()).toMatchObject([{ deliveries: 1 }]);
    expect(said.at(-1)).toBe('1 notifications go out');
  });

  it('sends the last notification about a payment once more', async () => {
    expect(await kasir('sim', 'resend', 'ps_1')).toBe(1);
    await kasir('sim', 'pay', 'ps_1');
    await antom.idle();
    expect(await kasir('sim', 'resend', 'ps_1')).toBe(0);
    await antom.idle();
    expect(antom.notifications()).toMatchObject([{ deliveries: 2 }]);
  });

  it('moves the clock on', async () => {
    antom.submit('ps_1');
    expect(await kasir('sim', 'advance', '48h')).toBe(0);
    expect(antom.sessions()).toMatchObject([{ status: 'timed out' }]);
    expect(Date.parse(said[0]!.replace("the simulator's clock says ", '')) - Date.now()).toBeGreaterThan(
      47 * 3_600_000,
    );
  });

  it('shows the ledger of an order, and what was kept', async () => {
    antom.pay('ps_1');
    await kasir('sim', 'ledger', '--order', 'order of ps_1');
    expect(said[0]).toMatch(/charge {2}THB +160 {2}order of ps_1 {2}ps_1$/);
    expect(said[1]).toBe('1 entries, kept in all: THB 160 (minor units)');
    await kasir('sim', 'ledger', '--order', 'other');
    expect(said[2]).toBe('0 entries, kept in all: nothing (minor units)');
  });

  it('tells what went over the wire', async () => {
    antom.pay('ps_1');
    await kasir('sim', 'tail', '--once', '--kind', 'answer');
    expect(said).toEqual([expect.stringMatching(/answer +ps_1 .*resultCode=SUCCESS/)]);
    await kasir('sim', 'tail', '--once', '--json', '--about', 'ps_1');
    expect(
      said
        .slice(1)
        .map((line) => (JSON.parse(line) as { kind: string }).kind)
        .slice(0, 3),
    ).toEqual(['request', 'answer', 'payment']);
  });

  it.each([
    [['sim', 'advance', 'soon'], '"soon" is no time'],
    [['sim', 'trigger', 'fail', '--times', 'often'], '"often" is neither a number nor "always"'],
    [['sim', 'pay'], 'this command wants <payment session id>'],
  ])('does not understand %j, and says so', async (args, message) => {
    expect(await kasir(...args)).toBe(2);
    expect(said[0]).toContain(message);
  });

  it('ends its tale with a word where the simulator goes away', async () => {
    const told = kasir('sim', 'tail', '--kind', 'request');
    await eventually(() => expect(said).toHaveLength(1));
    await antom.stop();
    expect(await told).toBe(1);
    expect(said.at(-1)).toContain('no simulator at');
  });

  it('says where it looked in vain', async () => {
    expect(await kasir('sim', 'ledger', '--url', 'http://127.0.0.1:1/')).toBe(1);
    expect(said).toEqual(['there is no simulator at http://127.0.0.1:1']);
  });
});
