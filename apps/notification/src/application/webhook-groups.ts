import { handleWebhooks, type TrustedWebhook, type WebhookTools } from './handle-webhooks.js';
import { type UnitOfWork } from './ports.js';

interface Waiting {
  readonly webhook: TrustedWebhook;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

interface Pace {
  /** How many share a commit at most. */
  readonly most: number;
  /** How long the next commit waits for the one under way: one that waits for a lock must not hold up the others. */
  readonly patienceMs: number;
  /** How many commits may be under way at once. */
  readonly lanes: number;
}

const usualPace: Pace = { most: 20, patienceMs: 25, lanes: 4 };

/**
 * Webhooks that come while a commit is under way share the next one. Where a group fails, each of it is tried alone, so
 * that a bad one spoils no other.
 */
export class WebhookGroups {
  readonly #waiting: Waiting[] = [];
  readonly #underWay = new Set<Promise<void>>();
  #working = false;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tools: WebhookTools,
    private readonly pace: Pace = usualPace,
  ) {}

  /** Resolves when the webhook is committed. Rejects where it could not be kept: Antom has to send it again. */
  add(webhook: TrustedWebhook): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ webhook, done, failed });
      void this.#work();
    });
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    while (this.#waiting.length > 0) {
      const commit = this.#settle(this.#waiting.splice(0, this.pace.most));
      this.#underWay.add(commit);
      void commit.then(() => this.#underWay.delete(commit));
      await endOr(this.pace.patienceMs, commit);
      while (this.#underWay.size >= this.pace.lanes) await Promise.race(this.#underWay);
    }
    this.#working = false;
  }

  async #settle(group: readonly Waiting[]): Promise<void> {
    try {
      const webhooks = group.map(({ webhook }) => webhook);
      await this.unitOfWork.run((stores) => handleWebhooks(stores, this.tools, webhooks));
      for (const { done } of group) done();
    } catch (error) {
      if (group.length === 1) group[0]?.failed(error);
      else await Promise.all(group.map((one) => this.#settle([one])));
    }
  }
}

/** Waits for some work to end, but not for ever. */
const endOr = (patienceMs: number, work: Promise<void>): Promise<void> =>
  new Promise((goOn) => {
    const patience = setTimeout(goOn, patienceMs);
    void work.then(() => {
      clearTimeout(patience);
      goOn();
    });
  });
