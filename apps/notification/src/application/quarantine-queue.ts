import { type QuarantineLimits } from '../domain/quarantine.js';
import { type UnitOfWork } from './ports.js';
import { quarantineWebhook } from './quarantine-webhook.js';
import { type ReceivedWebhook, type Unverified } from './webhook-ports.js';

/**
 * Puts unverified webhooks aside one after the other: a flood of forgeries takes one connection of the database, and none
 * from the webhooks that are Antom's.
 */
export class QuarantineQueue {
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly limits: QuarantineLimits,
    /** How many may wait; more are turned away unseen. */
    private readonly most = 200,
  ) {}

  async add(webhook: ReceivedWebhook, unverified: Unverified): Promise<'kept' | 'full' | 'turned away'> {
    if (this.#waiting >= this.most) return 'turned away';
    this.#waiting += 1;
    const kept = this.#last.then(() => quarantineWebhook(this.unitOfWork, this.limits, webhook, unverified));
    this.#last = kept.catch(() => undefined);
    try {
      return await kept;
    } finally {
      this.#waiting -= 1;
    }
  }
}
