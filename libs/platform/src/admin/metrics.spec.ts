import { Counter } from 'prom-client';
import { createMetrics, snapshotGauges } from './metrics.js';

describe('the metrics of a service', () => {
  it('are its own, so that two services live in one process', async () => {
    const [order, gateway] = [createMetrics('order'), createMetrics('gateway')];
    for (const registry of [order, gateway])
      new Counter({ name: 'messages_total', help: 'heard', registers: [registry] }).inc();
    expect(await order.metrics()).toContain('messages_total{service="order"} 1');
    expect(await gateway.metrics()).toContain('messages_total{service="gateway"} 1');
  });

  it('include the process where asked', async () => {
    expect(await createMetrics('order').metrics()).not.toContain('nodejs_eventloop_lag_seconds');
    expect(await createMetrics('order', { ofProcess: true }).metrics()).toContain('nodejs_eventloop_lag_seconds');
  });
});

describe('gauges of a snapshot', () => {
  const abouts = {
    outbox_rows: { help: 'not sent yet' },
    lag: { help: 'behind by', labels: ['partition'] },
  } as const;

  it('are read together, once for each time somebody asks', async () => {
    const metrics = createMetrics('order');
    let reads = 0;
    snapshotGauges(metrics, abouts, async () => ({
      outbox_rows: ++reads,
      lag: [
        { labels: { partition: 0 }, value: 5 },
        { labels: { partition: 1 }, value: 0 },
      ],
    }));
    await metrics.metrics();
    const text = await metrics.metrics();
    expect(reads).toBe(2);
    expect(text).toContain('outbox_rows{service="order"} 2');
    expect(text).toContain('lag{partition="0",service="order"} 5');
  });

  it('forget labels that are gone', async () => {
    const metrics = createMetrics('order');
    const samples = [[{ labels: { partition: 0 }, value: 5 }], []];
    snapshotGauges(metrics, abouts, () => ({ outbox_rows: 0, lag: samples.shift()! }));
    expect(await metrics.metrics()).toContain('partition="0"');
    expect(await metrics.metrics()).not.toContain('partition="0"');
  });

  it('are left out while they cannot be read, and the rest is still told', async () => {
    const metrics = createMetrics('order');
    new Counter({ name: 'messages_total', help: 'heard', registers: [metrics] }).inc();
    let down = false;
    snapshotGauges(metrics, abouts, () => {
      if (down) throw new Error('the database is away');
      return { outbox_rows: 1, lag: [] };
    });
    await metrics.metrics();
    down = true;
    const text = await metrics.metrics();
    expect(text).toContain('messages_total');
    expect(text).not.toContain('outbox_rows{');
    down = false;
    expect(await metrics.metrics()).toContain('outbox_rows{service="order"} 1');
  });
});
