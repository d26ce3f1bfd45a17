import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { paymentSessions } from '@kasir/contracts';
import { startWarmedUp, type WarmedUp } from '@kasir/testing';
import { paymentSession } from './app.module.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const config = {
  ANTOM_BASE_URL: 'http://127.0.0.1:9',
  ANTOM_MERCHANT_PRIVATE_KEY: privateKey,
  ANTOM_CLIENT_ID: 'SANDBOX_5X00000000000000',
  ANTOM_PUBLIC_KEYS: [publicKey],
  ANTOM_NOTIFY_URL: 'https://pay.example.com/webhooks/antom/payments',
  SETTLEMENT_CURRENCY: 'USD',
  SESSION_DATA_KEY: randomBytes(32),
  SESSION_LIFETIME: 600_000,
};

describe('the warm-up of payment-session', () => {
  let warm: WarmedUp;
  beforeAll(async () => {
    warm = await startWarmedUp(paymentSession(config), [paymentSessions]);
  });
  afterAll(() => warm.world.stop());

  it('asks an Antom of its own for a session, in transactions that are rolled back', () => {
    expect(warm.runs).toBeGreaterThanOrEqual(5);
    expect(warm.lines.join()).not.toContain('the warm-up failed');
  });

  it('leaves no row, no event, no count and no line', async () => {
    expect(warm.changed).toEqual([]);
    expect(warm.world.bus.heard(paymentSessions)).toEqual([]);
    const metrics = await (await fetch(`${warm.world.service.adminUrl}/metrics`)).text();
    expect(metrics).toMatch(/^kasir_events_applied\{.*\} 0$/m);
    expect(warm.lines.join()).not.toContain('event handled');
  });
});
