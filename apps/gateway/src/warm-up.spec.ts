import { randomBytes } from 'node:crypto';
import { sessionRequests } from '@kasir/contracts';
import { uuidV7 } from '@kasir/kernel';
import { openShop, startWarmedUp, type WarmedUp } from '@kasir/testing';
import { gateway } from './app.module.js';
import { gatewayConfig } from './config.js';

const config = (jwks: string) =>
  gatewayConfig({
    ADMIN_PORT: '0',
    PORT: '0',
    DATABASE_URL: 'postgres://unused',
    KAFKA_BROKERS: 'unused:1',
    CHECKOUT_JWKS: jwks,
    SESSION_DATA_KEY: randomBytes(32).toString('base64'),
  });

describe('the warm-up of gateway', () => {
  let warm: WarmedUp;
  beforeAll(async () => {
    warm = await startWarmedUp(gateway(config((await openShop()).jwks), uuidV7), [sessionRequests]);
  });
  afterAll(() => warm.world.stop());

  it('requests a session and shows it, in transactions that are rolled back', () => {
    expect(warm.runs).toBeGreaterThanOrEqual(5);
    expect(warm.lines.join()).not.toContain('the warm-up failed');
  });

  it('leaves no row, no event, no count and no line', async () => {
    expect(warm.changed).toEqual([]);
    expect(warm.world.bus.heard(sessionRequests)).toEqual([]);
    const metrics = await (await fetch(`${warm.world.service.adminUrl}/metrics`)).text();
    expect(metrics).toMatch(/^kasir_events_applied\{.*\} 0$/m);
    expect(warm.lines.join()).not.toContain('event handled');
  });
});
