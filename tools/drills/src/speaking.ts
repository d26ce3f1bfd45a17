import { setTimeout as pause } from 'node:timers/promises';
import { payments } from '@kasir/contracts';
import { newsOf } from './news.js';
import { type Service } from './service.js';

const tickMs = 20;

/** Says news at a steady rate until it is told to end. Whatever fails, also with an unknown outcome, is said until it is known to be said. */
export class Speaking {
  /** Known to be committed. */
  said = 0;
  /** Transactions that failed, perhaps after they were committed. */
  failures = 0;
  readonly #ending = new AbortController();
  readonly #open = new Set<Promise<void>>();
  readonly #loop: Promise<void>;

  constructor(
    private readonly service: Service,
    private readonly perSecond: number,
  ) {
    this.#loop = this.#speak();
  }

  /** @returns how much was said, when all of it is */
  async end(): Promise<number> {
    this.#ending.abort();
    await this.#loop;
    await Promise.all(this.#open);
    return this.said;
  }

  async #speak(): Promise<void> {
    const began = performance.now();
    for (let index = 0; !this.#ending.signal.aborted;) {
      const due = ((performance.now() - began) / 1_000) * this.perSecond;
      for (; index < due; index += 1) {
        const saying = this.#say(index).finally(() => this.#open.delete(saying));
        this.#open.add(saying);
      }
      await pause(tickMs);
    }
  }

  async #say(index: number): Promise<void> {
    const { messaging } = this.service;
    for (;;) {
      try {
        await messaging.transaction(async (tx) => {
          const fresh = await tx.query('insert into spoken values ($1) on conflict do nothing returning id', [index]);
          if (fresh.length > 0) await messaging.outbox.say(tx, payments, newsOf(index));
        });
        this.said += 1;
        return;
      } catch {
        this.failures += 1;
        await pause(100);
      }
    }
  }
}
