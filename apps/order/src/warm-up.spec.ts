import { orders } from '@kasir/contracts';
import { startWarmedUp, type WarmedUp } from '@kasir/testing';
import { order } from './app.module.js';

describe('the warm-up of order', () => {
  let warm: WarmedUp;
  beforeAll(async () => {
    warm = await startWarmedUp(order, [orders]);
  });
  afterAll(() => warm.world.stop());

  it('pays an order in transactions that are rolled back', () => {
    expect(warm.runs).toBeGreaterThanOrEqual(5);
    expect(warm.lines.join()).not.toContain('the warm-up failed');
  });

  it('leaves no row, no event, no count and no line', async () => {
    expect(warm.changed).toEqual([]);
    expect(warm.world.bus.heard(orders)).toEqual([]);
    const metrics = await (await fetch(`${warm.world.service.adminUrl}/metrics`)).text();
    expect(metrics).toMatch(/^kasir_events_applied\{.*\} 0$/m);
    expect(warm.lines.join()).not.toContain('event handled');
  });
});
