import { hearWebhook, type HeardWebhook, type HearingTools, lockOrderOf } from './hear-webhook.js';
import { type UnitOfWork } from './ports.js';

interface Waiting {
  readonly heard: HeardWebhook;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

interface Pace {
  /** How many share a commit at most. */
  readonly most: number;
  /** How many commits may be under way at once: one that waits for a lock must not hold up the others. */
  readonly lanes: number;
}

const usualPace: Pace = { most: 20, lanes: 4 };

/**
 * Webhooks that come while commits are under way share the next one. Where a group fails, each of it is tried alone, so
 * that a bad one spoils nobody else's.
 */
export class WebhookGroups {
  readonly #waiting: Waiting[] = [];
  #underWay = 0;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tools: HearingTools,
    private readonly pace: Pace = usualPace,
  ) {}

  /** Resolves when the webhook is committed. Rejects where it could not be kept: Antom has to send it again. */
  hear(heard: HeardWebhook): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ heard, done, failed });
      void this.#work();
    });
  }

  async #work(): Promise<void> {
    if (this.#underWay >= this.pace.lanes) return;
    this.#underWay += 1;
    while (this.#waiting.length > 0) await this.#settle(this.#waiting.splice(0, this.pace.most));
    this.#underWay -= 1;
  }

  async #settle(group: readonly Waiting[]): Promise<void> {
    try {
      await this.#commit(group.map(({ heard }) => heard));
      for (const { done } of group) done();
    } catch (error) {
      if (group.length === 1) group[0]?.failed(error);
      else await Promise.all(group.map((one) => this.#settle([one])));
    }
  }

  #commit(group: readonly HeardWebhook[]): Promise<void> {
    const inOrder = group.toSorted((a, b) => (lockOrderOf(a) < lockOrderOf(b) ? -1 : 1));
    return this.unitOfWork.run(async (stores) => {
      for (const heard of inOrder) await hearWebhook(stores, this.tools, heard);
    });
  }
}
