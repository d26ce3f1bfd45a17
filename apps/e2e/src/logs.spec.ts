import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PaymentSessionView } from '@kasir/contracts';
import { cappuccino, Shopper } from './shopper.js';
import { openWorld, type World } from './world.js';

const canary = (of: string) => `canary-${of}-7261`;

describe('the logs of a whole run', () => {
  let world: World;
  let text: string;
  const secrets: Record<string, string> = {};

  beforeAll(async () => {
    world = await openWorld();
    const { kasir, folder } = world;
    const buyer = { name: canary('name'), email: `${canary('mail')}@example.com`, phone: '+66-7261-7261' };
    const token = await kasir.shop.sign({ order: cappuccino('CANARY-1'), buyer });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': 'k1' };
    const post = (body: string) => fetch(`${kasir.gatewayUrl}/v1/payment-sessions`, { method: 'POST', headers, body });
    const body = { bankChoice: { region: 'TH' }, terminal: { type: 'APP', os: 'IOS' } };
    await post(JSON.stringify({ ...body, cardNumber: canary('unknown-field') }));
    const session = (await (await post(JSON.stringify(body))).json()) as PaymentSessionView;
    await new Shopper(kasir, 'CANARY-1').pay(session);
    await new Shopper(kasir, 'CANARY-1').seePaid();
    await fetch(`${kasir.notificationUrl}/webhooks/antom/payments`, { method: 'POST', body: canary('forged-body') });
    Object.assign(secrets, buyer, { token, sessionData: session.sessionData, unknownField: canary('unknown-field') });
    Object.assign(secrets, { forgedBody: canary('forged-body') });
    await kasir.stop();
    text = readdirSync(join(folder, 'logs'))
      .map((file) => readFileSync(join(folder, 'logs', file), 'utf8'))
      .join('\n');
  }, 300_000);
  afterAll(() => world.stop(), 300_000);

  it('name the order, the payment session and the trace', () => {
    expect(text).toContain('"orderId":"CANARY-1"');
    expect(text).toMatch(/"paymentSessionId":"ps_/);
    expect(text).toMatch(/"traceId":"[0-9a-f]{32}"/);
  });

  it('never hold a token, session data, buyer data, or what a stranger sent', () => {
    const leaked = Object.entries(secrets).filter(([, secret]) => text.includes(secret));
    expect(leaked.map(([name]) => name)).toEqual([]);
    expect(Object.values(secrets).every((secret) => typeof secret === 'string' && secret.length > 8)).toBe(true);
  });

  it('never hold a key or a password', () => {
    const keys = readdirSync(join(world.folder, 'keys')).filter((file) => /private|password|session-data/.test(file));
    const secretLines = keys.flatMap((file) =>
      readFileSync(join(world.folder, 'keys', file), 'utf8')
        .split('\n')
        .filter((line) => line.length > 20 && !line.startsWith('-----')),
    );
    expect(secretLines.length).toBeGreaterThan(4);
    expect(secretLines.filter((line) => text.includes(line))).toEqual([]);
  });
});
