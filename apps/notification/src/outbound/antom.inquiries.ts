import {
  type AntomHealth,
  buildInquiryPayment,
  buildInquiryRefund,
  type GuardedAntom,
  type PaymentReference,
  readPaymentInquiry,
  readRefundInquiry,
} from '@kasir/antom';
import { type Clock } from '@kasir/kernel';
import { type PaymentInquiries, type RefundInquiries } from '../application/ports.js';
import { type InquiryAnswer } from '../domain/inquiry-answer.js';
import { type RefundAnswer } from '../domain/watched-refund.js';
import { toInquiryAnswer, toRefundAnswer } from './antom.answers.js';

/** Logs what a person should look at. */
type Alarm = (fields: object, message: string) => void;

/** Asks Antom how a payment or a refund stands: our words to Antom's and back. */
export class AntomInquiries implements PaymentInquiries, RefundInquiries {
  constructor(
    private readonly client: GuardedAntom,
    private readonly clock: Clock,
    private readonly alarm: Alarm,
  ) {}

  async inquire(paymentRequestId: string, paymentId?: string): Promise<InquiryAnswer> {
    const about: PaymentReference = paymentId === undefined ? { paymentRequestId } : { paymentId };
    const inquiry = readPaymentInquiry(await this.client.send(buildInquiryPayment(about)), about);
    const answer = toInquiryAnswer(paymentRequestId, inquiry, this.clock.now());
    if (answer.kind === 'unknown') this.notice(answer.reason, 'Antom did not say how a payment stands');
    return answer;
  }

  async inquireRefund(refundRequestId: string): Promise<RefundAnswer> {
    const about = { refundRequestId };
    const inquiry = readRefundInquiry(await this.client.send(buildInquiryRefund(about)), about);
    const answer = toRefundAnswer(refundRequestId, inquiry, this.clock.now());
    if (answer.kind === 'unknown') this.notice(answer.reason, 'Antom did not say how a refund stands');
    return answer;
  }

  isAway(): boolean {
    return this.health().retryAfterMs > 0;
  }

  /** How calls to Antom fare, for numbers. */
  health(): AntomHealth {
    return this.client.health();
  }

  close(): Promise<void> {
    return this.client.close();
  }

  private notice(reason: string, message: string): void {
    if (reason !== 'unavailable') this.alarm({ reason }, message);
  }
}
