import { type BankChoice } from '@kasir/contracts';
import { type InquiryAnswer as Heard } from '@kasir/notification/domain/inquiry-answer';
import { type PaymentInquiries, type RefundInquiries } from '@kasir/notification/application/ports';
import { type RefundUpdate } from '@kasir/notification/domain/refund-update';
import { type RefundAnswer as RefundInquiry } from '@kasir/notification/domain/watched-refund';
import {
  type InquiryAnswer,
  type NoAnswer,
  type PaymentProvider,
  type RefundAnswer,
  type RefundWish,
  type SessionWish,
} from '@kasir/payment-session/application/provider';
import { type Chaos } from '../chaos.js';
import { type Bank, type BankRefund, type BankSession } from './bank.js';

const notSent: NoAnswer = { kind: 'unknown', reason: 'the call was never sent', sent: false };
const noAnswer: NoAnswer = { kind: 'unknown', reason: 'nobody answered' };
const notFound = { kind: 'not-found', code: 'ORDER_NOT_EXIST', message: 'there is no such payment' } as const;

/** The line to the bank: calls get lost on their way, and answers on theirs; and whoever called may be dead by then. */
export class AntomCalls {
  readonly #asked = new Map<string, Set<string>>();

  constructor(
    private readonly bank: Bank,
    private readonly chaos: Chaos,
  ) {}

  /** Every id that was asked for with the bytes that came under it. */
  get asked(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#asked;
  }

  /** What the mouth may ask. */
  get provider(): PaymentProvider {
    return {
      freeze: (wish) => ({ path: '/createPaymentSession', body: JSON.stringify(bodyOf(wish)) }),
      freezeRefund: (wish) => ({ path: '/refund', body: JSON.stringify(wish) }),
      limitProblem: () => undefined,
      canCancel: (_, currency) => (currency === 'IDR' ? 'no' : 'yes'),
      canRefund: (_, currency) => (currency === 'PHP' ? 'yes' : 'no'),
      createSession: (request) =>
        this.#call(() => {
          const wish = JSON.parse(request.body) as ReturnType<typeof bodyOf>;
          this.#note(wish.paymentRequestId, request.body);
          const expiresAt = this.bank.session(wish.paymentRequestId)?.expiresAt ?? this.#end(wish.expiresAt);
          const opened = this.bank.open({ ...wish, expiresAt, body: request.body });
          if (opened === undefined)
            return { kind: 'refused', code: 'REPEAT_REQ_INCONSISTENT', message: 'other bytes' } as const;
          return {
            kind: 'created',
            sessionData: `data of ${wish.paymentRequestId}`,
            sessionExpiresAt: expiresAt,
          } as const;
        }),
      inquire: (id) => this.#call(() => this.#shown(this.bank.session(id))),
      cancel: (id) =>
        this.#call(() => {
          const answer = this.bank.cancel(id);
          if (answer === 'cancelled') return { kind: 'cancelled' } as const;
          const code = answer === 'unknown' ? 'ORDER_NOT_EXIST' : 'ORDER_STATUS_INVALID';
          return { kind: 'refused', code, message: code.toLowerCase(), noSuchPayment: answer === 'unknown' } as const;
        }),
      refund: (id, request) =>
        this.#call((): RefundAnswer => {
          this.#note(id, request.body);
          const refund = this.bank.giveBack(JSON.parse(request.body) as RefundWish);
          if (refund === undefined || refund.status === 'failed')
            return { kind: 'refused', code: 'REFUND_REJECTED', message: 'nothing goes back' };
          if (refund.status === 'given back') return { kind: 'accepted' };
          return { kind: 'processing', code: 'REFUND_IN_PROCESS', message: 'it is on its way' };
        }),
    };
  }

  /** What the ear may ask. */
  get inquiries(): PaymentInquiries & RefundInquiries {
    return {
      isAway: () => false,
      inquire: (id, paymentId) => this.#call((): Heard => this.#heard(this.bank.session(id), paymentId)),
      inquireRefund: (id) => this.#call((): RefundInquiry => refundKnown(this.bank.refund(id))),
    };
  }

  /** Antom has a mind of its own about how long a session lives. */
  #end(asked: string): Date {
    const longer = this.chaos.strikes('session lives longer', 0.1) ? 45 * 60_000 : 0;
    return new Date(new Date(asked).getTime() + longer);
  }

  #note(id: string, body: string): void {
    this.#asked.set(id, (this.#asked.get(id) ?? new Set()).add(body));
  }

  async #call<Answer>(ask: () => Answer): Promise<Answer | NoAnswer> {
    await Promise.resolve();
    if (this.chaos.strikes('call lost', 0.06)) return this.chaos.strikes('call lost', 0.5) ? notSent : noAnswer;
    const answer = ask();
    this.chaos.crash('crash after call', 0.02);
    return this.chaos.strikes('answer lost', 0.08) ? noAnswer : answer;
  }

  #shown(session: BankSession | undefined): InquiryAnswer {
    if (session === undefined || session.status === 'open') return notFound;
    const statuses = {
      submitted: 'processing',
      pending: 'pending',
      refused: 'failed',
      'timed out': 'failed',
      paid: 'succeeded',
      cancelled: 'cancelled',
    } as const;
    const stale = session.status === 'paid' && this.chaos.strikes('stale answer', 0.1);
    const status = stale ? 'processing' : statuses[session.status];
    return { kind: 'answered', status, code: 'SUCCESS', message: status };
  }

  /** What the history of a payment shows. */
  #returned(paymentId: string): RefundUpdate[] {
    return this.bank.refunds
      .filter((refund) => refund.paymentId === paymentId && refund.status === 'given back')
      .map(refundUpdate);
  }

  #heard(session: BankSession | undefined, paymentId?: string): Heard {
    if (session === undefined || session.status === 'open') return { kind: 'not-found' };
    const { status, paymentRequestId, amount, payments } = session;
    if (this.chaos.strikes('stale answer', 0.05)) return { kind: 'processing' };
    const about = { paymentRequestId, amount };
    const paid = payments.find((payment) => payment.paymentId === paymentId) ?? payments.at(-1);
    if (status === 'paid' && paid !== undefined) {
      const { paidAt, amount: received } = paid;
      const update = {
        paymentRequestId,
        amount: received,
        kind: 'succeeded',
        paymentId: paid.paymentId,
        paidAt,
      } as const;
      return { kind: 'update', update, refunds: this.#returned(paid.paymentId) };
    }
    if (status === 'cancelled') return { kind: 'cancelled', refunds: [] };
    if (status === 'submitted') return { kind: 'processing' };
    const tried = { ...about, paymentId: `t-${paymentRequestId}` };
    if (status === 'pending') return { kind: 'update', update: { ...tried, kind: 'pending' }, refunds: [] };
    return {
      kind: 'update',
      update: { ...tried, kind: 'failed', code: 'PROCESS_FAIL', message: 'it failed' },
      refunds: [],
    };
  }
}

function refundKnown(refund: BankRefund | undefined): RefundInquiry {
  if (refund === undefined) return { kind: 'not-found' };
  if (refund.status === 'taken') return { kind: 'processing' };
  return refund.status === 'failed' ? { kind: 'failed' } : { kind: 'succeeded', update: refundUpdate(refund) };
}

/** What the bank says of a refund that has been decided. */
export const refundUpdate = ({ refundRequestId, paymentId, amount, status, at }: BankRefund): RefundUpdate => ({
  ...{ refundRequestId, amount, refundedAt: at, payment: { paymentId } },
  ...(status === 'failed'
    ? { kind: 'failed', code: 'REFUND_FAILED', message: 'nothing went back' }
    : { kind: 'succeeded', code: 'SUCCESS', message: 'it went back' }),
});

const bodyOf = ({ paymentSessionId, orderId, amount, bankChoice, sessionExpiresAt }: SessionWish) => ({
  paymentRequestId: paymentSessionId,
  orderId,
  amount,
  choice: bankChoice as BankChoice,
  expiresAt: sessionExpiresAt.toISOString(),
});
