/** Work that waits in a database until it is due, each piece leased to one worker at a time. */
export interface DueWork<Lease> {
  /** Takes at most so many pieces that are due and keeps others off them. */
  claim(limit: number): Promise<readonly Lease[]>;
  work(lease: Lease): Promise<void>;
  onError(error: unknown): void;
}

export interface Pace {
  /** How often to look for due work when nothing wakes us, in milliseconds. */
  readonly pollMs: number;
  /** How many pieces may be under way at once. */
  readonly concurrency: number;
}

/** Looks for due work and does it side by side. What fails is due again when its lease ends. */
export class DueWorker<Lease> {
  private readonly underWay = new Set<Promise<void>>();
  private woken = false;
  private endPause: () => void = () => {};
  private stopped = false;
  private loop: Promise<void> | undefined;

  constructor(
    private readonly due: DueWork<Lease>,
    private readonly pace: Pace,
  ) {}

  start(): void {
    this.loop ??= this.run();
  }

  /** Something may have become due. */
  wake(): void {
    this.woken = true;
    this.endPause();
  }

  /** Claims no more, and waits for what is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.loop;
    await Promise.allSettled(this.underWay);
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const leases = await this.claim();
      for (const lease of leases) this.take(lease);
      if (leases.length === 0) await this.pause();
    }
  }

  private async claim(): Promise<readonly Lease[]> {
    const free = this.pace.concurrency - this.underWay.size;
    if (free === 0) return [];
    try {
      return await this.due.claim(free);
    } catch (error) {
      this.due.onError(error);
      return [];
    }
  }

  private take(lease: Lease): void {
    const work = this.due
      .work(lease)
      .catch((error: unknown) => this.due.onError(error))
      .finally(() => {
        this.underWay.delete(work);
        this.wake();
      });
    this.underWay.add(work);
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
