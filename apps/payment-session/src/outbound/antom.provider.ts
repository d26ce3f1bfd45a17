import {
  type AntomHealth,
  buildCancel,
  buildCreatePaymentSession,
  buildInquiryPayment,
  buildRefund,
  canCancel,
  canRefund,
  type GuardedAntom,
  InvalidRequest,
  limitProblem,
  readCancelAnswer,
  readPaymentInquiry,
  readRefundAnswer,
  readSessionAnswer,
  type SettlementCurrencies,
} from '@kasir/antom';
import { type BankChoice } from '@kasir/contracts';
import { type Clock, type Money } from '@kasir/kernel';
import {
  type CancelAnswer,
  type InquiryAnswer,
  InvalidWish,
  type PaymentProvider,
  type RefundAnswer,
  type RefundWish,
  type SessionAnswer,
  type SessionWish,
} from '../application/provider.js';
import { type FrozenRequest } from '../domain/attempt.js';
import { toInquiryAnswer, toRefundAnswer } from './antom.answers.js';
import { inOurWords } from './our-words.js';

export interface AntomAccount {
  readonly notifyUrl: string;
  /** Where notifications of refunds go. Undefined: to the address in Antom's dashboard. */
  readonly refundNotifyUrl: string | undefined;
  readonly settlementCurrency: string;
  /** Where payments in some currencies settle in another one. */
  readonly settlementCurrencies: SettlementCurrencies;
  readonly metaDataAs: 'string' | 'object';
}

/** Hears what a person should look at. */
type Alarm = (fields: object, message: string) => void;

/** Antom as a payment provider: our words to Antom's and back. */
export class AntomProvider implements PaymentProvider {
  constructor(
    private readonly client: GuardedAntom,
    private readonly account: AntomAccount,
    private readonly clock: Clock,
    private readonly alarm: Alarm,
  ) {}

  freeze(wish: SessionWish): FrozenRequest {
    const { paymentSessionId, bankChoice, ...rest } = wish;
    const { notifyUrl, metaDataAs, settlementCurrency, settlementCurrencies } = this.account;
    return sayable(() =>
      buildCreatePaymentSession({
        ...rest,
        notifyUrl,
        metaDataAs,
        settlementCurrency: settlementCurrencies[wish.amount.currency] ?? settlementCurrency,
        paymentRequestId: paymentSessionId,
        bank: bankChoice,
        now: this.clock.now(),
      }),
    );
  }

  freezeRefund({ refundRequestId, paymentId, amount, reason }: RefundWish): FrozenRequest {
    const { refundNotifyUrl: notifyUrl } = this.account;
    return sayable(() => buildRefund({ refundRequestId, paymentId, amount, reason, notifyUrl }));
  }

  limitProblem(amount: Money, choice: BankChoice): string | undefined {
    return limitProblem(amount, choice);
  }

  canCancel(choice: BankChoice, currency: string): 'yes' | 'no' | 'depends' {
    return canCancel(choice, { currency, paid: false });
  }

  canRefund(choice: BankChoice, currency: string): 'yes' | 'no' | 'depends' {
    return canRefund(choice, { currency });
  }

  async createSession(request: FrozenRequest): Promise<SessionAnswer> {
    return this.heard(readSessionAnswer(await this.client.send(request)), ['attempt failed']);
  }

  async inquire(paymentRequestId: string): Promise<InquiryAnswer> {
    const payment = { paymentRequestId };
    const answer = readPaymentInquiry(await this.client.send(buildInquiryPayment(payment)), payment);
    return toInquiryAnswer(this.heard(answer));
  }

  async cancel(paymentRequestId: string): Promise<CancelAnswer> {
    const asked = { paymentRequestId };
    const answer = this.heard(readCancelAnswer(await this.client.send(buildCancel(asked)), asked), usual);
    return answer.kind === 'refused' ? { ...answer, noSuchPayment: answer.why === 'no such payment' } : answer;
  }

  async refund(refundRequestId: string, request: FrozenRequest): Promise<RefundAnswer> {
    const answer = readRefundAnswer(await this.client.send(request), { refundRequestId });
    return toRefundAnswer(this.heard(answer, usual));
  }

  /** Raises the alarm where an answer wants a person's eye. */
  private heard<Answer extends { readonly kind: string }>(answer: Answer, harmless: readonly string[] = usual): Answer {
    const { kind, reaction, reason, detail, code } = answer as Heard;
    if (kind === 'refused' && !harmless.includes(reaction ?? ''))
      this.alarm({ code, reaction }, 'Antom refuses our requests');
    if (kind === 'unknown' && reason !== 'unavailable')
      this.alarm({ reason, detail }, 'Antom gave no answer that decides');
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

/** A refusal that speaks of one payment, not of us. */
const usual = ['inquire', 'ask a person', 'attempt failed', 'go on'];

interface Heard {
  readonly kind: string;
  readonly reaction?: string;
  readonly reason?: string;
  readonly detail?: string;
  readonly code?: string;
}

function sayable(build: () => FrozenRequest): FrozenRequest {
  try {
    return build();
  } catch (error) {
    if (error instanceof InvalidRequest) throw new InvalidWish(inOurWords(error.problems));
    throw error;
  }
}
