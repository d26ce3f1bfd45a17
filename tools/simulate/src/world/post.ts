import { handleWebhooks } from '@kasir/notification/application/handle-webhooks';
import { type UnitOfWork } from '@kasir/notification/application/ports';
import { quarantineWebhook } from '@kasir/notification/application/quarantine-webhook';
import { type ReceivedWebhook, type VerifiedWebhook } from '@kasir/notification/application/webhook-ports';
import { type PaymentUpdate } from '@kasir/notification/domain/payment-update';
import { type RefundUpdate } from '@kasir/notification/domain/refund-update';
import { type Chaos } from '../chaos.js';
import { type Random } from '../random.js';
import { type Agenda } from './agenda.js';

const minute = 60_000;
const hour = 60 * minute;
/** Antom sends again what was not acknowledged, eight times in a day. */
const pausesMs = [2 * minute, 10 * minute, 10 * minute, hour, 2 * hour, 6 * hour, 15 * hour];
const prefix = 'ps_';

/** Carries the bank's letters to the ear: late, twice, out of order, or not at all; and now and then a forged one. */
export class Post {
  /** How many forged letters were delivered. */
  forged = 0;

  constructor(
    private readonly agenda: Agenda,
    private readonly random: Random,
    private readonly chaos: Chaos,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  send(update: PaymentUpdate, mayBeLost: boolean): void {
    if (mayBeLost && this.chaos.strikes('webhook lost', 0.15)) return;
    const copies = this.chaos.strikes('webhook repeated', 0.2) ? this.random.between(2, 4) : 1;
    for (let copy = 0; copy < copies; copy += 1)
      this.agenda.in(this.#delayMs(), () => this.#deliver({ kind: 'payment', update }, pausesMs));
    if (this.chaos.strikes('webhook old', 0.05))
      this.agenda.in(this.random.between(hour, 30 * hour), () =>
        this.#deliver({ kind: 'payment', update: { ...update, old: true } }, []),
      );
  }

  /** News of refunds is lost and repeated like any other. */
  sendRefund(update: RefundUpdate, mayBeLost: boolean): void {
    if (mayBeLost && this.chaos.strikes('webhook lost', 0.15)) return;
    const copies = this.chaos.strikes('webhook repeated', 0.2) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1)
      this.agenda.in(this.#delayMs(), () => this.#deliver({ kind: 'refund', update }, pausesMs));
  }

  /** Somebody who knows an id, and no key, says that it was paid. */
  forge(paymentRequestId: string): void {
    if (!this.chaos.strikes('webhook forged', 1)) return;
    this.agenda.in(this.#delayMs(), async () => {
      const unverified = { reason: 'wrong signature', rumourOf: paymentRequestId };
      await quarantineWebhook(this.unitOfWork, { rows: 100, bytes: 1e6 }, this.#webhook(), unverified);
      this.forged += 1;
    });
  }

  async #deliver(verified: VerifiedWebhook, left: readonly number[]): Promise<void> {
    const [pauseMs, ...rest] = left;
    const again = () => pauseMs !== undefined && this.agenda.in(pauseMs, () => this.#deliver(verified, rest));
    try {
      const heard = { webhook: this.#webhook(), verified };
      const tools = { clock: this.agenda, prefix };
      await this.unitOfWork.run((stores) => handleWebhooks(stores, tools, [heard]));
    } catch (error) {
      again();
      throw error;
    }
  }

  #delayMs(): number {
    return this.random.chance(0.8) ? this.random.between(0, 3_000) : this.random.between(0, 20 * minute);
  }

  #webhook(): ReceivedWebhook {
    const receivedAt = this.agenda.now();
    return { method: 'POST', path: '/', headers: {}, body: Buffer.from('{}'), receivedAt };
  }
}
