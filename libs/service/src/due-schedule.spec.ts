import { jest } from '@jest/globals';
import { DueSchedule, type DueTimes } from './due-schedule.js';
import { DueWorker } from './due-work.js';

type Kind = 'cancels' | 'refunds';

/** A database of due work: two kinds, each piece a moment; it counts what it is asked. */
class Work {
  readonly pieces: Record<Kind, Date[]> = { cancels: [], refunds: [] };
  readonly done: Kind[] = [];
  readonly errors: unknown[] = [];
  claims: Record<Kind, number> = { cancels: 0, refunds: 0 };
  looks = 0;
  broken = false;
  private readonly finish: (() => void)[] = [];

  constructor(private readonly held = false) {}

  readonly schedule = new DueSchedule<Kind>(
    { cancels: this.worker('cancels'), refunds: this.worker('refunds') },
    { nextDue: () => this.look(), clock: { now: () => new Date() }, onError: (error) => this.errors.push(error) },
  );

  add(kind: Kind, inMs: number): Date {
    const at = new Date(Date.now() + inMs);
    this.pieces[kind].push(at);
    return at;
  }

  /** Lets every piece that is under way end. */
  end(): Promise<void> {
    for (const finish of this.finish.splice(0)) finish();
    return pass(0);
  }

  private look(): Promise<DueTimes<Kind>> {
    this.looks += 1;
    if (this.broken) return Promise.reject(new Error('the database is away'));
    return Promise.resolve({ cancels: this.pieces.cancels[0] ?? null, refunds: this.pieces.refunds[0] ?? null });
  }

  private worker(kind: Kind): DueWorker<Date> {
    return new DueWorker<Date>({
      claim: (limit) => {
        this.claims[kind] += 1;
        const due = this.pieces[kind].filter((at) => at.getTime() <= Date.now()).slice(0, limit);
        this.pieces[kind] = this.pieces[kind].filter((at) => !due.includes(at));
        return Promise.resolve(due);
      },
      work: () => {
        this.done.push(kind);
        return this.held ? new Promise((resolve) => this.finish.push(resolve)) : Promise.resolve();
      },
      onError: (error) => this.errors.push(error),
      concurrency: 2,
    });
  }
}

const pass = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

describe('the schedule of due work', () => {
  let work: Work;
  beforeEach(() => {
    jest.useFakeTimers();
    work = new Work();
  });
  afterEach(async () => {
    await work.end();
    await work.schedule.stop();
    jest.useRealTimers();
  });

  it('asks once every two seconds for work of all kinds while nothing is due, and claims nothing', async () => {
    work.schedule.start();
    await pass(0);
    expect(work.looks).toBe(1);
    await pass(20_000);
    expect(work.looks).toBe(11);
    expect(work.claims).toEqual({ cancels: 0, refunds: 0 });
  });

  it('finds due work of which nothing was reported, and claims no other kind', async () => {
    work.schedule.start();
    await pass(0);
    work.add('refunds', 0);
    await pass(2_000);
    expect(work.done).toEqual(['refunds']);
    expect(work.claims).toEqual({ cancels: 0, refunds: 1 });
  });

  it('claims what is reported as due at once, without a look, and no other kind', async () => {
    work.schedule.start();
    await pass(0);
    work.schedule.report('cancels', work.add('cancels', 0));
    await pass(0);
    expect(work.done).toEqual(['cancels']);
    expect({ looks: work.looks, claims: work.claims }).toEqual({ looks: 1, claims: { cancels: 1, refunds: 0 } });
  });

  it('does what is reported as due soon in the moment when it is due', async () => {
    work.schedule.start();
    await pass(0);
    work.schedule.report('cancels', work.add('cancels', 500));
    await pass(499);
    expect(work.done).toEqual([]);
    await pass(1);
    expect(work.done).toEqual(['cancels']);
  });

  it('does what a look has seen to be due before the next look in the moment when it is due', async () => {
    work.add('refunds', 700);
    work.schedule.start();
    await pass(700);
    expect({ done: work.done, looks: work.looks }).toEqual({ done: ['refunds'], looks: 2 });
  });

  it('is not moved by a report of work that is due after the next look', async () => {
    work.schedule.start();
    await pass(0);
    for (let n = 0; n < 5; n++) work.schedule.report('refunds', work.add('refunds', 60_000));
    await pass(10_000);
    expect({ looks: work.looks, claims: work.claims.refunds }).toEqual({ looks: 6, claims: 0 });
  });

  it('looks on after a look that failed', async () => {
    work.broken = true;
    work.schedule.start();
    await pass(0);
    work.broken = false;
    work.add('cancels', 0);
    await pass(2_000);
    expect({ done: work.done, errors: work.errors.length }).toEqual({ done: ['cancels'], errors: 1 });
  });

  it('does nothing before it is started, and nothing after it is stopped', async () => {
    const at = work.add('cancels', 0);
    work.schedule.report('cancels', at);
    await pass(5_000);
    expect({ looks: work.looks, done: work.done }).toEqual({ looks: 0, done: [] });
    work.schedule.start();
    await pass(0);
    await work.schedule.stop();
    work.schedule.report('cancels', work.add('cancels', 0));
    await pass(5_000);
    expect({ looks: work.looks, done: work.done }).toEqual({ looks: 1, done: ['cancels'] });
  });
});

describe('a worker of due work', () => {
  let work: Work;
  beforeEach(() => {
    jest.useFakeTimers();
    work = new Work(true);
    work.schedule.start();
  });
  afterEach(async () => {
    await work.end();
    await work.schedule.stop();
    jest.useRealTimers();
  });

  it('takes up no more than may be under way, and the rest as soon as a piece ends', async () => {
    await pass(0);
    for (let n = 0; n < 3; n++) work.add('refunds', 0);
    work.schedule.report('refunds', new Date());
    await pass(0);
    expect(work.done).toHaveLength(2);
    await work.end();
    expect(work.done).toHaveLength(3);
    expect(work.looks).toBe(1);
  });

  it('claims once for what becomes due, and not again when it is done', async () => {
    await pass(0);
    work.schedule.report('refunds', work.add('refunds', 0));
    await pass(0);
    await work.end();
    expect(work.claims.refunds).toBe(1);
  });

  it('is waited for when the schedule stops', async () => {
    work.add('refunds', 0);
    await pass(2_000);
    let stopped = false;
    const stop = work.schedule.stop().then(() => (stopped = true));
    await pass(0);
    expect(stopped).toBe(false);
    await work.end();
    await stop;
    expect(stopped).toBe(true);
  });
});
