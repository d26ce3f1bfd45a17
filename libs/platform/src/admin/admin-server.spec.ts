import { type AdminServer, type AdminServerOptions, startAdminServer } from './admin-server.js';
import { Health } from './health.js';
import { createMetrics, snapshotGauges } from './metrics.js';

describe('the second door of a service', () => {
  let server: AdminServer;
  afterEach(() => server.stop());

  const open = async (options: Partial<AdminServerOptions> = {}) => {
    const health = new Health(50);
    const metrics = createMetrics('order');
    server = await startAdminServer({ service: 'order', port: 0, host: '127.0.0.1', health, metrics, ...options });
    return { health, metrics };
  };
  const ready = async () => {
    const answer = await fetch(`${server.url}/ready`);
    return { status: answer.status, body: (await answer.json()) as { ok: boolean; checks: unknown[] } };
  };

  it('says that the process lives', async () => {
    await open();
    const answer = await fetch(`${server.url}/live`);
    expect([answer.status, await answer.json()]).toEqual([200, { service: 'order', ok: true }]);
  });

  it('is ready when every check is, and says what each found', async () => {
    const { health } = await open();
    health.check('database', async () => '3 migrations');
    health.check('broker', () => undefined);
    expect(await ready()).toEqual({
      status: 200,
      body: {
        service: 'order',
        ok: true,
        checks: [
          { name: 'database', ok: true, detail: '3 migrations' },
          { name: 'broker', ok: true, detail: 'ok' },
        ],
      },
    });
  });

  it('is not ready while one check fails, and says why', async () => {
    const { health } = await open();
    health.check('database', () => undefined);
    health.check('broker', () => Promise.reject(new Error('no partitions yet')));
    const { status, body } = await ready();
    expect(status).toBe(503);
    expect(body.checks).toContainEqual({ name: 'broker', ok: false, detail: 'no partitions yet' });
    expect(body.checks).toContainEqual({ name: 'database', ok: true, detail: 'ok' });
  });

  it('does not wait for ever for a check, and tells it to give up', async () => {
    const { health } = await open();
    let given: AbortSignal | undefined;
    health.check('database', (signal) => {
      given = signal;
      return new Promise(() => {});
    });
    const { status, body } = await ready();
    expect(status).toBe(503);
    expect(body.checks).toEqual([{ name: 'database', ok: false, detail: 'no answer within 50 ms' }]);
    expect(given?.aborted).toBe(true);
  });

  it('is not ready any more once the service leaves', async () => {
    const { health } = await open();
    expect((await ready()).status).toBe(200);
    health.startLeaving();
    expect((await ready()).status).toBe(503);
  });

  it('takes no two checks of one name', async () => {
    const { health } = await open();
    health.check('database', () => undefined);
    expect(() => health.check('database', () => undefined)).toThrow('database');
  });

  it('shows the metrics of this service', async () => {
    const { metrics } = await open();
    snapshotGauges(metrics, { outbox_rows: { help: 'not sent yet' } }, () => ({ outbox_rows: 7 }));
    const answer = await fetch(`${server.url}/metrics`);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(await answer.text()).toContain('outbox_rows{service="order"} 7');
  });

  it('has room for the operator', async () => {
    await open({ routes: (app) => void app.post('/verbs/look-again', () => ({ asked: true })) });
    const answer = await fetch(`${server.url}/verbs/look-again`, { method: 'POST' });
    expect(await answer.json()).toEqual({ asked: true });
  });
});
