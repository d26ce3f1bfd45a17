import {
  type AntomHealth,
  buildInquiryPayment,
  type GuardedAntom,
  type PaymentInquiry,
  readPaymentInquiry,
} from '@kasir/antom';
import { type Clock } from '@kasir/kernel';
import { type PaymentInquiries } from '../application/ports.js';
import { type InquiryAnswer } from '../domain/inquiry-answer.js';

/** Hears what a person should look at. */
type Alarm = (fields: object, message: string) => void;

/** Asks Antom how a payment stands: our words to Antom's and back. */
export class AntomInquiries implements PaymentInquiries {
  constructor(
    private readonly client: GuardedAntom,
    private readonly clock: Clock,
    private readonly alarm: Alarm,
  ) {}

  async inquire(paymentRequestId: string): Promise<InquiryAnswer> {
    const about = { paymentRequestId };
    const inquiry = readPaymentInquiry(await this.client.send(buildInquiryPayment(about)), about);
    const answer = toAnswer(paymentRequestId, inquiry, this.clock.now());
    if (answer.kind === 'unknown' && answer.reason !== 'unavailable')
      this.alarm({ reason: answer.reason }, 'Antom did not say how a payment stands');
    return answer;
  }

  /** Whether Antom is asked at all just now, for health checks and numbers. */
  health(): AntomHealth {
    return this.client.health();
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

function toAnswer(paymentRequestId: string, inquiry: PaymentInquiry, now: Date): InquiryAnswer {
  if (inquiry.kind === 'not-found') return { kind: 'not-found' };
  if (inquiry.kind === 'unknown') return { kind: 'unknown', reason: inquiry.reason };
  switch (inquiry.status) {
    case 'succeeded': {
      const { paymentId, amount, paidAt = now } = inquiry;
      const news = { kind: 'succeeded' as const, paymentRequestId, paymentId, amount, paidAt: paidAt.toISOString() };
      return { kind: 'news', news };
    }
    case 'failed':
      return failed(paymentRequestId, inquiry);
    case 'processing':
    case 'pending':
      return { kind: 'processing' };
    case 'cancelled':
      return { kind: 'cancelled' };
  }
}

/** A failure without an id or an amount can be told apart from no other, so it is only a hint that nothing came. */
function failed(
  paymentRequestId: string,
  { paymentId, amount, code, message }: Extract<PaymentInquiry, { kind: 'answered' }>,
): InquiryAnswer {
  if (paymentId === undefined || amount === undefined) return { kind: 'not-found' };
  return { kind: 'news', news: { kind: 'failed', paymentRequestId, paymentId, amount, code, message } };
}
