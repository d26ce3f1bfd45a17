import { askForSession } from '../application/ask-for-session.js';
import { type Lease, type Tools, type UnitOfWork } from '../application/ports.js';

interface Pace {
  /** How long a claimed attempt is nobody else's, in milliseconds: longer than one call can take. */
  readonly leaseMs: number;
  /** How often to look for due attempts when nothing wakes us, in milliseconds. */
  readonly pollMs: number;
  /** How many calls may be under way at once. */
  readonly concurrency: number;
}

/** Looks for attempts whose call is due and makes the calls side by side. */
export class SessionCalls {
  private readonly underWay = new Set<Promise<void>>();
  private woken = false;
  private endPause: () => void = () => {};
  private stopped = false;
  private loop: Promise<void> | undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tools: Tools,
    private readonly pace: Pace,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    this.loop = this.run();
  }

  /** An attempt may have become due. */
  wake(): void {
    this.woken = true;
    this.endPause();
  }

  /** Claims no more, and waits for the calls that are under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.loop;
    await Promise.allSettled(this.underWay);
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const leases = await this.claim();
      for (const lease of leases) this.call(lease);
      if (leases.length === 0) await this.pause();
    }
  }

  private async claim(): Promise<Lease[]> {
    const free = this.pace.concurrency - this.underWay.size;
    if (free === 0) return [];
    const now = this.tools.clock.now();
    const until = new Date(now.getTime() + this.pace.leaseMs);
    return this.unitOfWork
      .run(undefined, ({ attempts }) => attempts.claimDue(now, until, free))
      .catch((error: unknown) => {
        this.onError(error);
        return [];
      });
  }

  private call(lease: Lease): void {
    const call = askForSession(this.unitOfWork, this.tools, lease)
      .catch(this.onError)
      .finally(() => {
        this.underWay.delete(call);
        this.wake();
      });
    this.underWay.add(call);
  }

  private async pause(): Promise<void> {
    if (!this.woken)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, this.pace.pollMs);
        this.endPause = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.woken = false;
  }
}
