import { createLogger } from '@kasir/platform';
import { eventually, paymentNotification } from '@kasir/testing';
import { NotificationBesideAntom, hour } from './fixtures/notification.specs.js';
import { UnmatchedAlarm } from './inbound/timers.js';

describe('a verified update that lacks its cause', () => {
  let service: NotificationBesideAntom;
  beforeAll(async () => void (service = await NotificationBesideAntom.start()));
  afterAll(() => service.stop());

  it('is seen by an operator, and counts as overdue after an hour', async () => {
    await service.deliver(service.sign(paymentNotification('ps_1', 'pay-1')));
    expect(await service.verb('waiting-news')).toMatchObject({
      waiting: [{ about: 'payment', id: 'ps_1', kind: 'succeeded', overdue: false }],
    });
    service.time.advance(hour);
    expect(await service.verb('waiting-news')).toMatchObject({ waiting: [{ id: 'ps_1', overdue: true }] });
    expect(await overdue()).toBe(1);
    await service.announce('O-1', 'ps_1');
    await eventually(() => expect(service.said('O-1')).toEqual(['PaymentSucceeded']));
    expect(await overdue()).toBe(0);
  });

  it('raises the alarm once, and again when there is more of it', async () => {
    const counts = [0, 1, 1, 2, 0, 1];
    const lines: string[] = [];
    const stores = { unmatched: { overdue: () => Promise.resolve({ count: counts.shift()!, oldest: null }) } };
    const alarm = new UnmatchedAlarm(
      { run: (work) => work(stores as never) },
      service.time,
      createLogger('test', { level: 'error', destination: { write: (line: string) => void lines.push(line) } }),
    );
    for (let looks = 0; looks < 6; looks++) await alarm.look();
    expect(lines.map((line) => (JSON.parse(line) as { count: number }).count)).toEqual([1, 2, 1]);
  });

  it('of another deployment is acknowledged, changes nothing, and is seen', async () => {
    expect(await service.deliver(service.sign(paymentNotification('staging_1', 'pay-1')))).toBe(200);
    expect(await service.statusOf('staging_1')).toBeUndefined();
    expect(await service.verb('waiting-news')).toMatchObject({ foreign: [{ about: 'succeeded staging_1' }] });
  });

  const overdue = async (): Promise<number> => {
    const text = await (await fetch(`${service.world.service.adminUrl}/metrics`)).text();
    return Number(/^kasir_waiting_news_overdue\{.*\} (\d+)$/m.exec(text)?.[1]);
  };
});
