import { type Draft, Memory } from '@kasir/testing/memory';
import { type NewEvent, type NextDue, type Stores, type UnitOfWork } from '../application/ports.js';
import { type Announcement } from '../domain/watched-payment.js';
import { type InquiredRow, notificationStores } from './notification-stores.js';

export interface Published {
  readonly event: NewEvent;
  readonly causedBy: Announcement;
}

/** The ports in memory: transactions one after the other, and what fails leaves no trace. */
export class MemoryUnitOfWork implements UnitOfWork {
  readonly #memory = new Memory();
  #last: Promise<unknown> = Promise.resolve();
  readonly #published: Published[] = [];

  run<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    const result = this.#last.then(() => this.#commit(work));
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Everything that was published in transactions that were committed, in order. */
  get published(): readonly Published[] {
    return this.#published;
  }

  readonly nextDue: NextDue = (now) =>
    Promise.resolve({ payments: this.#nextDue('payments', now), refunds: this.#nextDue('refunds', now) });

  #nextDue(table: string, now: Date): Date | null {
    const free = this.#memory
      .rows<InquiredRow>(table)
      .filter(({ lease }) => lease.until === null || lease.until <= now);
    const moments = free.flatMap((row) => row.plan?.dueAt ?? []);
    return moments.sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
  }

  async #commit<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    const draft: Draft = this.#memory.begin();
    const published: Published[] = [];
    const result = await work(
      notificationStores(draft, (event, causedBy) => Promise.resolve(void published.push({ event, causedBy }))),
    );
    this.#memory.commit(draft);
    this.#published.push(...published);
    return result;
  }
}
