/** Work of one kind that waits in a database until it is due, each piece leased to one worker at a time. */
export interface DueWork<Lease> {
  /** Takes at most so many pieces that are due and keeps others off them. */
  claim(limit: number): Promise<readonly Lease[]>;
  work(lease: Lease): Promise<void>;
  onError(error: unknown): void;
  /** How many pieces may be under way at once. */
  readonly concurrency: number;
}

/** Does due work of one kind side by side, whenever it is woken. What fails is due again when its lease ends. */
export class DueWorker<Lease> {
  private readonly underWay = new Set<Promise<void>>();
  private mayBeMore = false;
  private isClaiming = false;
  private claims: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly due: DueWork<Lease>) {}

  /** Something has become due: claims until nothing is left, or as much is under way as may be. */
  wake(): void {
    this.mayBeMore = true;
    this.claimMore();
  }

  /** Claims no more, and waits for what is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.claims;
    await Promise.allSettled(this.underWay);
  }

  private claimMore(): void {
    if (this.isClaiming || this.stopped) return;
    this.claims = this.claimAll();
  }

  private async claimAll(): Promise<void> {
    this.isClaiming = true;
    while (this.mayBeMore && !this.stopped) {
      const free = this.due.concurrency - this.underWay.size;
      if (free === 0) break;
      this.mayBeMore = false;
      const leases = await this.claim(free);
      if (leases.length === free) this.mayBeMore = true;
      for (const lease of leases) this.take(lease);
    }
    this.isClaiming = false;
  }

  private async claim(limit: number): Promise<readonly Lease[]> {
    try {
      return await this.due.claim(limit);
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
        if (this.mayBeMore) this.claimMore();
      });
    this.underWay.add(work);
  }
}
