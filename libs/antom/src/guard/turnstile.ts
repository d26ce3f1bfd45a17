import { type Bucket, type BucketLimits, draw, fullBucket } from './bucket.js';
import { type Stopwatch } from './stopwatch.js';

export interface TurnstileLimits extends BucketLimits {
  /** So many may be inside at once. */
  readonly concurrency: number;
  /** Nobody waits longer than this to get in, in milliseconds. */
  readonly longestWaitMs: number;
}

interface Waiting {
  readonly enter: (inside: boolean) => void;
  readonly stopTimer: () => void;
}

/** Lets so many in at once and so many in a second, in the order in which they came. */
export class Turnstile {
  #inside = 0;
  #bucket: Bucket;
  #waiting: Waiting[] = [];
  #cancelWake: (() => void) | undefined;

  constructor(
    private readonly limits: TurnstileLimits,
    private readonly stopwatch: Stopwatch,
  ) {
    this.#bucket = fullBucket(limits, stopwatch.now());
  }

  get inside(): number {
    return this.#inside;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** True once inside, which `leave` ends; false when the wait was too long. */
  enter(): Promise<boolean> {
    return new Promise((resolve) => {
      const stopTimer = this.stopwatch.after(this.limits.longestWaitMs, () => this.#turnAway(waiting));
      const waiting: Waiting = { enter: resolve, stopTimer };
      this.#waiting.push(waiting);
      this.#admit();
    });
  }

  leave(): void {
    this.#inside -= 1;
    this.#admit();
  }

  #turnAway(waiting: Waiting): void {
    this.#waiting = this.#waiting.filter((other) => other !== waiting);
    waiting.enter(false);
  }

  #admit(): void {
    this.#cancelWake?.();
    this.#cancelWake = undefined;
    while (this.#waiting.length > 0 && this.#inside < this.limits.concurrency) {
      const drawn = draw(this.#bucket, this.limits, this.stopwatch.now());
      this.#bucket = drawn.bucket;
      if (drawn.kind === 'empty') {
        this.#cancelWake = this.stopwatch.after(drawn.waitMs, () => this.#admit());
        return;
      }
      const { enter, stopTimer } = this.#waiting.shift()!;
      stopTimer();
      this.#inside += 1;
      enter(true);
    }
  }
}
