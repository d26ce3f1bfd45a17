import { createLogger } from '@kasir/platform';
import { eventually } from '@kasir/testing';
import { watchAttempt } from '../application/watch-attempt.js';
import { firstPlan, planned } from '../domain/inquiry-plan.js';
import { MemoryUnitOfWork } from '../testing/memory-unit-of-work.js';
import { inquirySchedule } from './timers.js';

const start = new Date('2026-03-01T10:00:00Z');
const minute = 60_000;

describe('while nothing is sent to Antom', () => {
  let now: Date;
  let asked: number;
  let away: boolean;
  let answer: object;
  let work: MemoryUnitOfWork;
  let stop: () => Promise<unknown>;
  const clock = { now: () => now };
  const plan = async () => (await work.run(({ payments }) => payments.lock('ps_1'))).plan;

  beforeEach(async () => {
    [now, asked, away, work] = [start, 0, false, new MemoryUnitOfWork()];
    const endsAt = new Date(start.getTime() + 60 * minute).toISOString();
    const amount = { value: '160', currency: 'THB' };
    const order = { amount, description: 'Cappuccino', expiresAt: endsAt };
    const watch = { orderId: 'O-1', order, amount, sessionExpiresAt: endsAt, endsAt, announcedBy: { id: 'event-1' } };
    await work.run((stores) => watchAttempt(stores, clock, { paymentRequestId: 'ps_1', watch }));
    const inquire = () => ((asked += 1), Promise.resolve(answer as never));
    const antom = { isAway: () => away, inquire, inquireRefund: inquire };
    const logger = createLogger('test', { level: 'silent' });
    const { nextDue } = work;
    const schedule = inquirySchedule({ unitOfWork: work, tools: { antom, clock }, nextDue, logger, pollMs: 5 });
    schedule.start();
    stop = () => schedule.stop();
  });
  afterEach(() => stop());
  /** The inquiry falls due, and Antom's answer to it is this. */
  const fallDue = (given: object) => {
    answer = given;
    now = new Date(start.getTime() + 5 * minute);
  };

  it('an inquiry that was refused on our side was never made: it is put off for as long as Antom is left alone', async () => {
    fallDue({ kind: 'unknown', reason: 'unavailable', retryAfterMs: 20_000 });
    await eventually(async () => expect((await plan())?.dueAt).toEqual(new Date(now.getTime() + 20_000)));
    expect(await plan()).toMatchObject({ asked: 0 });
    expect(asked).toBe(1);
  });

  it('an inquiry that was sent and not answered counts, and the pauses grow', async () => {
    fallDue({ kind: 'unknown', reason: 'time-out' });
    await eventually(async () => expect(await plan()).toMatchObject({ asked: 1 }));
  });
});

describe('while Antom is down', () => {
  it('no inquiry is taken, and it is made as soon as Antom is back', async () => {
    const work = new MemoryUnitOfWork();
    const clock = { now: () => start };
    const plan = { ...firstPlan(start), dueAt: start };
    await work.run(async ({ payments }) => payments.save(planned(await payments.lock('ps_1'), plan)));
    let [away, looks] = [true, 0];
    const asked: string[] = [];
    const antom = {
      isAway: () => ((looks += 1), away),
      inquire: (id: string) => (asked.push(id), Promise.resolve({ kind: 'not-found' as const })),
      inquireRefund: () => Promise.resolve({ kind: 'not-found' as const }),
    };
    const schedule = inquirySchedule({
      unitOfWork: work,
      tools: { antom, clock },
      nextDue: work.nextDue,
      logger: createLogger('test', { level: 'silent' }),
      pollMs: 5,
    });
    schedule.start();
    await eventually(() => expect(looks).toBeGreaterThan(6));
    expect(asked).toEqual([]);
    away = false;
    await eventually(() => expect(asked).toEqual(['ps_1']));
    await schedule.stop();
  });
});
