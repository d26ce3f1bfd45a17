import { generateKeyPairSync } from 'node:crypto';
import { payments } from '@kasir/contracts';
import { startWarmedUp, type WarmedUp } from '@kasir/testing';
import { notification } from './app.module.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const config = {
  PORT: 0,
  ANTOM_BASE_URL: 'http://127.0.0.1:9',
  ANTOM_MERCHANT_PRIVATE_KEY: privateKey,
  ANTOM_CLIENT_ID: 'SANDBOX_5X00000000000000',
  ANTOM_PUBLIC_KEYS: [publicKey],
  PAYMENT_SESSION_PREFIX: 'ps_',
  WEBHOOK_PATH_PREFIX: '/kasir',
};

describe('the warm-up of notification', () => {
  let warm: WarmedUp;
  beforeAll(async () => {
    warm = await startWarmedUp(notification(config), [payments]);
  });
  afterAll(() => warm.world.stop());

  it('takes a webhook in transactions that are rolled back', () => {
    expect(warm.runs).toBeGreaterThanOrEqual(5);
    expect(warm.lines.join()).not.toContain('the warm-up failed');
  });

  it('leaves no row, no event, no count and no line', async () => {
    expect(warm.changed).toEqual([]);
    expect(warm.world.bus.heard(payments)).toEqual([]);
    const metrics = await (await fetch(`${warm.world.service.adminUrl}/metrics`)).text();
    expect(metrics).toMatch(/^kasir_events_applied\{.*\} 0$/m);
    expect(warm.lines.join()).not.toContain('event handled');
  });
});
