import { startWarmedUp, type WarmedUp } from '@kasir/testing';
import { fulfilment } from './app.module.js';

describe('the warm-up of fulfilment', () => {
  let warm: WarmedUp;
  beforeAll(async () => {
    warm = await startWarmedUp(fulfilment, []);
  });
  afterAll(() => warm.world.stop());

  it('prepares a coffee in transactions that are rolled back', () => {
    expect(warm.runs).toBeGreaterThanOrEqual(5);
    expect(warm.lines.join()).not.toContain('the warm-up failed');
  });

  it('leaves no row, no event, no count and no line', async () => {
    expect(warm.changed).toEqual([]);
    const metrics = await (await fetch(`${warm.world.service.adminUrl}/metrics`)).text();
    expect(metrics).toMatch(/^kasir_events_applied\{.*\} 0$/m);
    expect(warm.lines.join()).not.toContain('event handled');
  });
});
