import { newLetterId } from '../ids.js';
import { refundNotification } from '../notifications/refund-notification.js';
import { type Answer } from '../protocol/answer.js';
import { refund, refundAnswer } from '../protocol/refund.js';
import { at } from '../protocol/field-rules.js';
import { type Letter, type Mischief } from '../state/letter.js';
import { type Refund } from '../state/views.js';
import { mischiefOf } from './letters.js';
import { type Parts } from './parts.js';

export interface RefundDeskOptions {
  /** Stands in for the dashboard's address. */
  readonly notifyUrl: string | undefined;
  readonly takesMs: number;
}

/** Takes refunds on, and ends each of them at its time. */
export class RefundDesk {
  constructor(
    private readonly parts: Parts,
    private readonly options: RefundDeskOptions,
  ) {}

  resume(): void {
    for (const pending of this.parts.world.refunds.refunds()) if (pending.status === 'accepted') this.#end(pending);
  }

  refund(body: unknown): Answer {
    const { world, clock, rules } = this.parts;
    const payment = world.payments.byPaymentId(String(at(body, 'paymentId')));
    const fails = payment !== undefined && rules.take('refund', payment) === 'fails';
    const endsAs = fails ? 'failed' : 'refunded';
    const now = clock.now();
    const { answer, accepted, refused } = refund(body, { world, now, ...this.options, endsAs });
    if (refused !== undefined) world.record(refused);
    if (accepted === undefined) return answer;
    world.record(accepted);
    this.#end({ ...accepted, status: 'accepted' });
    return refundAnswer(world.refunds.refund(accepted.refundRequestId)!);
  }

  #end({ refundRequestId, decidedAt }: Refund): void {
    const { agenda, clock } = this.parts;
    const due = new Date(decidedAt) <= clock.now();
    if (due) this.#decide(refundRequestId);
    else agenda.at(decidedAt, () => this.#decide(refundRequestId));
  }

  #decide(refundRequestId: string): void {
    const { world, clock, journal, courier, rules } = this.parts;
    const pending = world.refunds.refund(refundRequestId)!;
    const { decidedAs: outcome, refundId } = pending;
    const now = clock.now();
    const code = outcome === 'refunded' ? 'SUCCESS' : 'PROCESS_FAIL';
    const payment = world.payments.session(pending.paymentRequestId)!;
    const mischief = mischiefOf(rules.take('news', payment) ?? {}, now);
    const letters = letterOf(pending, { outcome, code, now, mischief });
    world.record({ fact: 'refund decided', at: now.toISOString(), refundRequestId, outcome, code, letters });
    journal.note({ kind: 'refund', refundRequestId, refundId, outcome, code });
    for (const { id } of letters) courier.deliver(id);
  }
}

interface RefundNews {
  readonly outcome: Refund['decidedAs'];
  readonly code: string;
  readonly now: Date;
  readonly mischief: Mischief;
}

function letterOf(pending: Refund, { outcome, code, now, mischief }: RefundNews): Letter[] {
  const { notifyUrl: url, paymentRequestId } = pending;
  if (url === undefined) return [];
  const body = refundNotification(pending, outcome, code, now);
  return [{ id: newLetterId(), about: 'refund', paymentRequestId, outcome, url, body, mischief }];
}
